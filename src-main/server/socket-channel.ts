/** A channel of contract/rpc over a WebSocket of `ws`. */
import { type RawData, type WebSocket } from 'ws'
import { type Channel } from '../contract/rpc'
import { decodeMessage, encodeMessage } from '../contract/socket-codec'
import { RateLimit } from './rate-limit'

/** Bytes waiting to be sent, beyond which the other side is too slow to be kept. */
const mostWaiting = 256 * 2 ** 20

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

/**
 * The channel over a socket. What is no message, or comes faster than any hand, closes it: our own page sends neither.
 */
export function socketChannel(socket: WebSocket): Channel {
  const limit = new RateLimit({ burst: 2000, perSecond: 500 })
  const listeners = new Set<(message: unknown) => void>()
  socket.on('message', (data: RawData, binary: boolean) => {
    if (!binary || !limit.take()) {
      socket.close(1008)
      return
    }
    let message: unknown
    try {
      message = decodeMessage(bytesOf(data))
    } catch {
      socket.close(1007)
      return
    }
    for (const listener of [...listeners]) listener(message)
  })
  // Without a listener an error would end the process; the close that follows tells of it.
  socket.on('error', () => undefined)
  return {
    post: (message) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > mostWaiting) socket.terminate()
      else socket.send(encodeMessage(message))
    },
    onMessage: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose: (listener) => {
      socket.once('close', listener)
      return () => socket.off('close', listener)
    },
  }
}
