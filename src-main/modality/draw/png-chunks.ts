/** PNG as a list of chunks (PNG specification, third edition, section 5), read without trusting a byte of it. */
import { type Bytes } from '../source'

export interface PngChunk {
  readonly type: string
  readonly data: Uint8Array
  /** Where the chunk begins and ends in the file, length and checksum included. */
  readonly start: number
  readonly end: number
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** More chunks than any picture has; a file of empty ones is not walked to its end. */
const maxChunks = 100_000

export function isPng(data: Uint8Array): boolean {
  return signature.every((byte, i) => data[i] === byte)
}

/** Chunks in order, as views; ends quietly where the file breaks off or IEND was reached. Never throws. */
export function* pngChunks(data: Uint8Array): Generator<PngChunk> {
  if (!isPng(data)) return
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let at = signature.length
  for (let n = 0; n < maxChunks && at + 12 <= data.length; n++) {
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > data.length) return
    const type = String.fromCharCode(...data.subarray(at + 4, at + 8))
    yield { type, data: data.subarray(at + 8, at + 8 + length), start: at, end }
    if (type === 'IEND') return
    at = end
  }
}

/** Whether the chunk's checksum is that of its content. */
export function isIntact(file: Uint8Array, chunk: PngChunk): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  return view.getUint32(chunk.end - 4) === crc32(file.subarray(chunk.start + 4, chunk.end - 4))
}

/** One chunk's bytes. */
export function makeChunk(type: string, data: Uint8Array): Bytes {
  const chunk = new Uint8Array(12 + data.length)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i)
  chunk.set(data, 8)
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)))
  return chunk
}

let table: Uint32Array | undefined

/** CRC-32 of ISO 3309, as PNG and zlib compute it. */
function crc32(data: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c
  })
  let crc = 0xffffffff
  for (const byte of data) crc = (table[(crc ^ byte) & 255] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
