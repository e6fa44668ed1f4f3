/**
 * Messages of contract/rpc as bytes, for WebSockets: MessagePack, in which typed arrays stay typed arrays. Records (which
 * would compile code) and the extension that rebuilds cycles are off.
 */
import { Packr } from 'msgpackr'

const codec = new Packr({ useRecords: false, moreTypes: true, structuredClone: false })

export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  // Its buffers are never shared ones.
  return codec.pack(message) as Uint8Array<ArrayBuffer>
}

/**
 * The message in `data`.
 * @throws Error when it is none; whoever sent it is not one of us.
 */
export function decodeMessage(data: Uint8Array): unknown {
  return codec.unpack(data)
}
