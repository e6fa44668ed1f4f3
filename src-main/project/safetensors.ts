/**
 * The safetensors format (huggingface/safetensors, format of 2022): u64 little-endian length of a JSON header, the header,
 * then the tensors' bytes, contiguous and without gaps. `__metadata__` maps strings to strings. Read as if an enemy wrote
 * it: nothing is allocated, multiplied or used as a name before it was checked.
 */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array
}

export interface TensorFile {
  readonly metadata: Record<string, string>
  readonly tensors: Record<string, StoredTensor>
}

/** What is wrong with a file, for people; the caller names the file. */
export class SafetensorsError extends Error {}

export const headerLimit = 16 * 2 ** 20
const tensorLimit = 100_000
const metadataName = '__metadata__'

const types = {
  F32: { bytes: 4, make: (buffer: ArrayBuffer) => new Float32Array(buffer) },
  F64: { bytes: 8, make: (buffer: ArrayBuffer) => new Float64Array(buffer) },
  I32: { bytes: 4, make: (buffer: ArrayBuffer) => new Int32Array(buffer) },
  U8: { bytes: 1, make: (buffer: ArrayBuffer) => new Uint8Array(buffer) },
} as const
type TypeName = keyof typeof types

function typeOf(data: StoredTensor['data']): TypeName {
  if (data instanceof Float32Array) return 'F32'
  if (data instanceof Float64Array) return 'F64'
  return data instanceof Int32Array ? 'I32' : 'U8'
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, side) => size * side, 1)
}

/**
 * Lays a file out as parts to be written one after the other: length and header, then each tensor's own memory, which is
 * not copied. Tensors go by falling alignment, then name, so that each lies aligned and the same content makes the same file.
 */
export function encodeSafetensors(file: TensorFile): Uint8Array[] {
  const header: Record<string, unknown> = { [metadataName]: file.metadata }
  const entries = Object.entries(file.tensors).map(([name, tensor]) => ({ name, tensor, type: typeOf(tensor.data) }))
  entries.sort((a, b) => types[b.type].bytes - types[a.type].bytes || (a.name < b.name ? -1 : 1))
  const parts: Uint8Array[] = []
  let offset = 0
  for (const { name, tensor, type } of entries) {
    const { data, shape } = tensor
    if (name === metadataName || !isPlainName(name)) throw new RangeError(`${name} can't name a tensor`)
    if (product(shape) !== data.length) throw new RangeError(`the data of ${name} does not fit its shape`)
    header[name] = { dtype: type, shape, data_offsets: [offset, offset + data.byteLength] }
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    offset += data.byteLength
  }
  let json = JSON.stringify(header)
  // Padded with spaces so that the tensors begin at a multiple of eight.
  json += ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8)
  const text = Buffer.from(json, 'utf8')
  const head = Buffer.alloc(8 + text.length)
  head.writeBigUInt64LE(BigInt(text.length), 0)
  text.copy(head, 8)
  return [head, ...parts]
}

/** A name is a name, not a path: no separators, no parent folders, nothing a terminal would act on. */
function isPlainName(name: string): boolean {
  if (name === '__proto__') return false
  return name.length > 0 && name.length <= 512 && !/[/\\\u0000-\u001f\u007f]/.test(name) && !name.includes('..')
}

/** The length of the header that a file's first eight bytes announce. @throws SafetensorsError */
export function headerLength(bytes: Uint8Array, fileSize: number): number {
  if (bytes.length < 8 || fileSize < 8) throw new SafetensorsError('it is too short')
  const length = Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigUInt64LE(0)
  if (length > BigInt(headerLimit)) throw new SafetensorsError('its header is too long')
  if (Number(length) > fileSize - 8) throw new SafetensorsError('it is shorter than its header says')
  return Number(length)
}

interface Entry {
  readonly name: string
  readonly type: TypeName
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** @throws SafetensorsError when the header isn't one, or its tensors don't fill `payload` bytes exactly */
export function parseHeader(
  header: Uint8Array,
  payload: number,
): { metadata: Record<string, string>; entries: readonly Entry[] } {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header))
  } catch {
    throw new SafetensorsError('its header is no JSON')
  }
  if (!isObject(parsed)) throw new SafetensorsError('its header is no table')
  const names = Object.keys(parsed)
  if (names.length > tensorLimit) throw new SafetensorsError('it names too many tensors')
  const metadata = readMetadata(Object.hasOwn(parsed, metadataName) ? parsed[metadataName] : {})
  const entries = names.filter((name) => name !== metadataName).map((name) => readEntry(name, parsed[name], payload))
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let end = 0
  for (const entry of entries) {
    if (entry.begin !== end)
      throw new SafetensorsError(`tensor ${entry.name} does not begin where the one before it ends`)
    end = entry.end
  }
  if (end !== payload) throw new SafetensorsError('its tensors do not fill it')
  return { metadata, entries }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readMetadata(value: unknown): Record<string, string> {
  if (!isObject(value)) throw new SafetensorsError('its metadata is no table')
  const metadata: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new SafetensorsError('its metadata holds something other than text')
    metadata[key] = text
  }
  return metadata
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function readEntry(name: string, value: unknown, payload: number): Entry {
  if (!isPlainName(name)) throw new SafetensorsError('a tensor has a name that is none')
  if (!isObject(value)) throw new SafetensorsError(`tensor ${name} is not described`)
  const { dtype, shape, data_offsets: offsets } = value
  if (typeof dtype !== 'string' || !Object.hasOwn(types, dtype)) {
    throw new SafetensorsError(`tensor ${name} is of a type Varia does not use`)
  }
  const type = dtype as TypeName
  if (!Array.isArray(shape) || shape.length > 8 || !shape.every(isSize)) {
    throw new SafetensorsError(`tensor ${name} has no proper shape`)
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    throw new SafetensorsError(`tensor ${name} has no proper place`)
  }
  const [begin, end] = offsets as [number, number]
  if (begin > end || end > payload) throw new SafetensorsError(`tensor ${name} lies outside the file`)
  let size: number = types[type].bytes
  for (const side of shape as number[]) {
    size *= side
    // Checked after each product, so that no product can overflow into something small.
    if (size > payload && !shape.includes(0)) throw new SafetensorsError(`tensor ${name} is larger than the file`)
  }
  if (size !== end - begin) throw new SafetensorsError(`tensor ${name} does not fit its shape`)
  return { name, type, shape: shape as number[], begin, end }
}

/**
 * Parses a whole file; tensors are copies.
 * @throws SafetensorsError naming what is wrong: a header that isn't one, offsets with gaps or overlaps, shapes that
 * don't fit, or, in a tensor of type F32, a value that isn't finite
 */
export function parseSafetensors(bytes: Uint8Array): TensorFile {
  const length = headerLength(bytes, bytes.length)
  const start = 8 + length
  const { metadata, entries } = parseHeader(bytes.subarray(8, start), bytes.length - start)
  const tensors: Record<string, StoredTensor> = Object.create(null) as Record<string, StoredTensor>
  for (const { name, type, shape, begin, end } of entries) {
    const buffer = new ArrayBuffer(end - begin)
    new Uint8Array(buffer).set(bytes.subarray(start + begin, start + end))
    const data = types[type].make(buffer)
    if (data instanceof Float32Array && !allFinite(data)) {
      throw new SafetensorsError(`tensor ${name} holds values that are no numbers`)
    }
    tensors[name] = { shape, data }
  }
  return { metadata, tensors }
}

/** A sum is finite only if all of its terms are, and adding in double precision can't overflow from 32-bit terms. */
function allFinite(data: Float32Array): boolean {
  let sum = 0
  for (let i = 0; i < data.length; i++) sum += data[i] ?? 0
  return Number.isFinite(sum)
}
