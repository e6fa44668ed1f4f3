/** A channel of contract/rpc over a browser's WebSocket. */
import type { Channel } from '../../src-main/contract/rpc'
import { decodeMessage, encodeMessage } from '../../src-main/contract/socket-codec'

/** The channel over a socket that is open. */
export function socketChannel(socket: WebSocket): Channel {
  socket.binaryType = 'arraybuffer'
  return {
    post: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message))
    },
    onMessage: (listener) => {
      const heard = ({ data }: MessageEvent<unknown>): void => {
        if (data instanceof ArrayBuffer) listener(decodeMessage(new Uint8Array(data)))
      }
      socket.addEventListener('message', heard)
      return () => socket.removeEventListener('message', heard)
    },
    onClose: (listener) => {
      socket.addEventListener('close', listener, { once: true })
      return () => socket.removeEventListener('close', listener)
    },
  }
}
