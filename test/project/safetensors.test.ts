import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodeSafetensors,
  headerLimit,
  parseSafetensors,
  SafetensorsError,
  type TensorFile,
} from '../../src-main/project/safetensors'

const file: TensorFile = {
  metadata: { step: '12', note: 'größer' },
  tensors: {
    weight: { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, -0, 1e-40) },
    numbers: { shape: [2], data: Float64Array.of(Math.PI, Infinity) },
    ids: { shape: [3], data: Int32Array.of(-1, 0, 2 ** 31 - 1) },
    pixels: { shape: [1, 5], data: Uint8Array.of(0, 1, 2, 254, 255) },
    empty: { shape: [0, 7], data: new Float32Array(0) },
    scalar: { shape: [], data: Float32Array.of(9) },
  },
}
const bytesOf = (of: TensorFile): Uint8Array => Uint8Array.from(Buffer.concat(encodeSafetensors(of)))

/** A file with a header written by hand and `payload` bytes of zeros. */
function handmade(header: unknown, payload: number, length?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const head = Buffer.alloc(8)
  head.writeBigUInt64LE(length ?? BigInt(text.length))
  return Buffer.concat([head, text, Buffer.alloc(payload)])
}
const tensor = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  dtype: 'F32',
  shape: [2],
  data_offsets: [0, 8],
  ...over,
})

describe('safetensors', () => {
  it('reads back what it wrote, bit for bit', () => {
    const read = parseSafetensors(bytesOf(file))
    expect({ ...read.metadata }).toEqual(file.metadata)
    expect({ ...read.tensors }).toEqual(file.tensors)
    expect(Object.is(read.tensors.weight?.data[4], -0)).toBe(true)
  })

  it('makes the same bytes whatever the order of tensors', () => {
    const reversed = Object.fromEntries(Object.entries(file.tensors).reverse())
    expect(bytesOf({ ...file, tensors: reversed })).toEqual(bytesOf(file))
  })

  it('lays tensors out as the format says: aligned, contiguous, header padded with spaces', () => {
    const bytes = bytesOf(file)
    const length = Number(Buffer.from(bytes.buffer).readBigUInt64LE(0))
    expect(length % 8).toBe(0)
    const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as Record<
      string,
      { dtype: string; data_offsets: [number, number] }
    >
    const sizes: Record<string, number> = { F64: 8, F32: 4, I32: 4, U8: 1 }
    for (const [name, entry] of Object.entries(header)) {
      if (name !== '__metadata__') expect(entry.data_offsets[0] % (sizes[entry.dtype] ?? 0), name).toBe(0)
    }
  })

  it('reads a file that another program made', () => {
    // python: safetensors.numpy.save({'a': np.arange(3, dtype=np.float32)}, metadata={'k': 'v'})
    const text = '{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}'
    const bytes = handmade(text, 12)
    bytes.set(new Uint8Array(Float32Array.of(0, 1, 2).buffer), 8 + text.length)
    expect(parseSafetensors(bytes).tensors.a).toEqual({ shape: [3], data: Float32Array.of(0, 1, 2) })
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['seven bytes', new Uint8Array(7)],
    ['a header longer than the file', handmade({}, 0, 3n)],
    ['a header of 2^64 - 1 bytes', handmade({}, 0, 2n ** 64n - 1n)],
    ['a header of 2^53 bytes', handmade({}, 0, 2n ** 53n)],
    ['a header above the cap', handmade('{}', 0, BigInt(headerLimit) + 1n)],
    ['a header that is no JSON', handmade('{"a":', 0)],
    ['an empty header', handmade('', 0)],
    ['a header that is no UTF-8', Uint8Array.from([4, 0, 0, 0, 0, 0, 0, 0, 0x22, 0xff, 0xfe, 0x22])],
    ['a header that is a list', handmade([], 0)],
    ['a header that is null', handmade('null', 0)],
    ['metadata with a number', handmade({ __metadata__: { step: 1 } }, 0)],
    ['metadata that is a list', handmade({ __metadata__: [] }, 0)],
    ['bytes that belong to no tensor', handmade({ a: tensor() }, 9)],
    ['a gap before the first tensor', handmade({ a: tensor({ data_offsets: [1, 9] }) }, 9)],
    ['a gap between tensors', handmade({ a: tensor(), b: tensor({ data_offsets: [9, 17] }) }, 17)],
    ['tensors that overlap', handmade({ a: tensor(), b: tensor({ data_offsets: [4, 12] }) }, 12)],
    ['two tensors in one place', handmade({ a: tensor(), b: tensor() }, 8)],
    ['offsets beyond the end', handmade({ a: tensor({ data_offsets: [0, 16] }) }, 8)],
    ['offsets the wrong way round', handmade({ a: tensor({ data_offsets: [8, 0] }) }, 8)],
    ['a negative offset', handmade({ a: tensor({ data_offsets: [-8, 0] }) }, 8)],
    ['an offset that is no integer', handmade({ a: tensor({ data_offsets: [0, 8.5] }) }, 8)],
    ['three offsets', handmade({ a: tensor({ data_offsets: [0, 8, 8] }) }, 8)],
    ['no offsets', handmade({ a: { dtype: 'F32', shape: [2] } }, 8)],
    ['a shape that does not fit', handmade({ a: tensor({ shape: [3] }) }, 8)],
    ['a shape whose product overflows to what fits', handmade({ a: tensor({ shape: [2 ** 32, 2 ** 32] }) }, 8)],
    [
      'a shape of huge sides and a zero, with bytes',
      handmade({ a: tensor({ shape: [2 ** 53 - 1, 2 ** 53 - 1, 0] }) }, 8),
    ],
    ['a negative side', handmade({ a: tensor({ shape: [-1, -2] }) }, 8)],
    ['a side that is text', handmade({ a: tensor({ shape: ['2'] }) }, 8)],
    ['nine dimensions', handmade({ a: tensor({ shape: [2, 1, 1, 1, 1, 1, 1, 1, 1] }) }, 8)],
    ['an unknown type', handmade({ a: tensor({ dtype: 'BF16' }) }, 8)],
    ['a type named like a method', handmade({ a: tensor({ dtype: 'constructor' }) }, 8)],
    ['a tensor that is null', handmade({ a: null }, 8)],
    ['a path for a name', handmade({ '../../etc/passwd': tensor() }, 8)],
    ['a Windows path for a name', handmade({ 'C:\\a': tensor() }, 8)],
    ['a prototype for a name', handmade('{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8)],
    ['a name with a line break', handmade({ 'a\nb': tensor() }, 8)],
    ['an empty name', handmade({ '': tensor() }, 8)],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseSafetensors(bytes)).toThrow(SafetensorsError)
  })

  it.each([NaN, Infinity, -Infinity])('refuses a weight that is %s', (value) => {
    const bytes = bytesOf({ metadata: {}, tensors: { a: { shape: [3], data: Float32Array.of(1, value, 2) } } })
    expect(() => parseSafetensors(bytes)).toThrow(/no numbers/)
  })

  it('takes the largest finite weights for finite', () => {
    const data = new Float32Array(1000).fill(3.4e38)
    expect(
      parseSafetensors(bytesOf({ metadata: {}, tensors: { a: { shape: [1000], data } } })).tensors.a?.data,
    ).toEqual(data)
  })

  it('refuses to write names that are paths', () => {
    expect(() =>
      encodeSafetensors({ metadata: {}, tensors: { 'a/b': { shape: [1], data: new Float32Array(1) } } }),
    ).toThrow(RangeError)
  })

  it('reads or refuses any change of a file, never anything else', () => {
    const bytes = bytesOf(file)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const changed = bytes.slice(0, length === 0 ? bytes.length : length)
          for (const [at, value] of changes) if (at < changed.length) changed[at] = value
          try {
            parseSafetensors(changed)
          } catch (error) {
            expect(error).toBeInstanceOf(SafetensorsError)
          }
        },
      ),
      { numRuns: 3000, seed: 1 },
    )
  })

  it('reads or refuses any header that is JSON, never anything else', () => {
    const side = fc.oneof(fc.nat(4), fc.maxSafeInteger(), fc.double())
    const entry = fc.record(
      { dtype: fc.constantFrom('F32', 'F64', 'I32', 'U8', 'X'), shape: fc.array(side), data_offsets: fc.array(side) },
      { requiredKeys: [] },
    )
    const header = fc.dictionary(fc.string(), fc.oneof(entry, fc.jsonValue()), { maxKeys: 5 })
    fc.assert(
      fc.property(header, fc.nat(64), (made, payload) => {
        try {
          parseSafetensors(handmade(made, payload))
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError)
        }
      }),
      { numRuns: 3000, seed: 2 },
    )
  })
})
