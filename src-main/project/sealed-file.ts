/**
 * A safetensors file that carries the SHA-256 of itself, header included: in its metadata, under `sha256`, computed with
 * sixty-four zeros in its place. Written atomically.
 */
import { sha256 } from './checksum'
import { type Disk, readFileWhole, writeFileAtomically } from './disk'
import { encodeSafetensors, parseSafetensors, SafetensorsError, type TensorFile } from './safetensors'

const key = 'sha256'
const zeros = '0'.repeat(64)

/** Larger files are refused before they are read. */
const fileLimit = 4 * 2 ** 30 - 1

/** Writes `file`; afterwards the old or the new one is there, whole. Returns its size in bytes. */
export async function writeSealed(disk: Disk, path: string, file: TensorFile): Promise<number> {
  const parts = encodeSafetensors({ ...file, metadata: { ...file.metadata, [key]: zeros } })
  const [head] = parts
  if (head === undefined) throw new RangeError('a file has a header')
  const digest = await sha256(parts)
  Buffer.from(head.buffer, head.byteOffset, head.byteLength).write(digest, sealPosition(head, zeros), 'latin1')
  await writeFileAtomically(disk, path, parts)
  return parts.reduce((size, part) => size + part.length, 0)
}

/**
 * Reads a sealed file; null when there is none.
 * @throws SafetensorsError when a byte of it has changed or it isn't well formed
 */
export async function readSealed(disk: Disk, path: string): Promise<TensorFile | null> {
  const bytes = await readFileWhole(disk, path, fileLimit).catch((error: unknown) => {
    throw error instanceof RangeError ? new SafetensorsError(error.message) : error
  })
  if (bytes === null) return null
  const file = parseSafetensors(bytes)
  const digest = file.metadata[key]
  if (digest === undefined || !/^[0-9a-f]{64}$/.test(digest)) throw new SafetensorsError('it carries no checksum')
  const position = sealPosition(bytes, digest)
  const before = bytes.subarray(0, position)
  const after = bytes.subarray(position + zeros.length)
  if ((await sha256([before, Buffer.from(zeros, 'latin1'), after])) !== digest) {
    throw new SafetensorsError('its content does not fit its checksum')
  }
  return file
}

function sealPosition(bytes: Uint8Array, digest: string): number {
  const position = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(`"${key}":"${digest}"`)
  if (position < 0) throw new SafetensorsError('it carries no checksum')
  return position + key.length + 4
}
