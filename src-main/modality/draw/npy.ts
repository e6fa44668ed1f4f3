/** NumPy's array file (NEP 1, numpy.lib.format): magic, version, header as a Python literal, raw values. */
import { type Bytes } from '../source'

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** Headers are a line of some hundred bytes; a longer one is no array of ours. */
const maxHeader = 64 * 1024

export function isNpy(data: Uint8Array): boolean {
  return magic.every((byte, i) => data[i] === byte)
}

/** Version 1.0, `<f4`, C order; the header padded so that values begin at a multiple of 64. */
export function writeNpy(values: Float32Array, shape: readonly number[]): Bytes {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`
  const header = literal.padEnd(Math.ceil((literal.length + 11) / 64) * 64 - 11, ' ') + '\n'
  const out = new Uint8Array(10 + header.length + values.length * 4)
  const view = new DataView(out.buffer)
  out.set([...magic, 1, 0])
  view.setUint16(8, header.length, true)
  for (let i = 0; i < header.length; i++) out[10 + i] = header.charCodeAt(i)
  for (let i = 0; i < values.length; i++) view.setFloat32(10 + header.length + i * 4, values[i] as number, true)
  return out
}

export type NpyRead = { readonly shape: number[]; readonly values: Float32Array } | { readonly problem: string }

/** Reads float32 or float64 arrays of either byte order, as float32. Never throws, whatever the bytes. */
export function readNpy(data: Uint8Array): NpyRead {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (!isNpy(data) || data.length < 12) return { problem: 'it is no NPY file' }
  const version = data[6] as number
  if (version < 1 || version > 3) return { problem: `it is of version ${version}, which is not known` }
  const headerAt = version === 1 ? 10 : 12
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const start = headerAt + headerLength
  if (headerLength > maxHeader || start > data.length) return { problem: 'its header is longer than the file' }
  const header = Buffer.from(data.subarray(headerAt, start)).toString('latin1')
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1]
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1]
  const tuple = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(header)?.[1]
  if (descr === undefined || order === undefined || tuple === undefined) return { problem: 'its header is damaged' }
  if (!/^[<>]f[48]$/.test(descr)) return { problem: `its numbers are of type “${descr}”; save float32` }
  const shape = tuple
    .split(',')
    .map((n) => n.replace('L', '').trim())
    .filter((n) => n !== '')
    .map(Number)
  const count = shape.reduce((product, n) => product * n, 1)
  const bytes = descr.endsWith('8') ? 8 : 4
  if (!Number.isSafeInteger(count) || shape.length === 0) return { problem: 'its shape is damaged' }
  if (data.length - start !== count * bytes) {
    return { problem: `its shape (${shape.join(', ')}) does not fit its ${data.length - start} bytes of numbers` }
  }
  if (order === 'True' && shape.length > 1) return { problem: 'it is in Fortran order; save it with order="C"' }
  const little = descr.startsWith('<')
  const values = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const at = start + i * bytes
    values[i] = bytes === 8 ? view.getFloat64(at, little) : view.getFloat32(at, little)
  }
  return { shape, values }
}
