/** A channel of contract/rpc over a MessagePort of the page. */
import type { Channel } from '../../src-main/contract/rpc'

/** The channel over a port; Electron tells of the other side's end by the port's `close` event. */
export function portChannel(port: MessagePort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      const heard = ({ data }: MessageEvent<unknown>): void => listener(data)
      port.addEventListener('message', heard)
      // Until then the port keeps what it was sent.
      port.start()
      return () => port.removeEventListener('message', heard)
    },
    onClose: (listener) => {
      port.addEventListener('close', listener, { once: true })
      return () => port.removeEventListener('close', listener)
    },
  }
}
