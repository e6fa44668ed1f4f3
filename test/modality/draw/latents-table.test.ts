import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VariaError } from '../../../src-main/contract/errors'
import {
  type LatentsTable,
  readLatents,
  writeLatentsCsv,
  writeLatentsNpy,
} from '../../../src-main/modality/draw/latents-table'
import { readNpy, writeNpy } from '../../../src-main/modality/draw/npy'

/** `np.save` of [[1.5, -2.25, 3e-5], [0, 7, -0.125]] as float32, and of [[1.5, -2.25]] as big-endian float64 (NumPy 2). */
const numpyFloat32 =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAQwIKo+zcAAAAAAADgQAAAAL4='
const numpyFloat64 =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/+AAAAAAAAMACAAAAAAAA'

const values = Float32Array.of(1.5, -2.25, 3e-5, 0, 7, -0.125)
const table: LatentsTable = { names: ['a, "b"', 'é\nf'], count: 2, latent: 3, values }
const text = (content: string): Uint8Array => Buffer.from(content, 'utf8')

describe('latents as NPY', () => {
  it('are byte for byte what NumPy writes', () => {
    expect(Buffer.from(writeLatentsNpy(table)).toString('base64')).toBe(numpyFloat32)
  })

  it('are read from either byte order and width', () => {
    expect(readLatents(Buffer.from(numpyFloat32, 'base64'), 'a.npy', 3)).toEqual({
      names: [],
      count: 2,
      latent: 3,
      values,
    })
    expect(readLatents(Buffer.from(numpyFloat64, 'base64'), 'a.npy', 2).values).toEqual(Float32Array.of(1.5, -2.25))
    expect(readLatents(writeNpy(values, [6]), 'a.npy', 6)).toMatchObject({ count: 1, latent: 6 })
  })

  it('begin where a header of any length ends on a multiple of 64', () => {
    for (const shape of [
      [1, 6],
      [6, 1],
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6],
    ]) {
      const file = writeNpy(values, shape)
      expect((file.length - 24) % 64).toBe(0)
      expect(readNpy(file)).toEqual({ shape, values })
    }
  })

  it.each([
    ['<f4', '<i8', /type “<i8”/],
    ['(2, 3)', '(2, 4)', /does not fit/],
    ['(2, 3)', '(9999999999, 9999999999)', /damaged/],
    ['False', 'True ', /Fortran/],
    ['shape', 'shope', /header is damaged/],
  ])('are refused when %s reads %s', (from, to, reason) => {
    const file = Buffer.from(numpyFloat32, 'base64').toString('latin1').replace(from, to)
    const whole = Buffer.from(
      file.length > 152 ? file.replace(' '.repeat(to.length - from.length), '') : file,
      'latin1',
    )
    expect(() => readLatents(whole, 'a.npy', 3)).toThrow(reason)
  })

  it('are refused where a number is none', () => {
    expect(() => readLatents(writeNpy(Float32Array.of(1, 2, NaN, 4), [2, 2]), 'a.npy', 2)).toThrow(/row 2 holds/)
  })

  it('are read without harm from any bytes', () => {
    const whole = Buffer.from(numpyFloat32, 'base64')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(127), fc.nat(255)), { maxLength: 8 }),
        fc.nat(whole.length),
        (changes, cut) => {
          const data = Uint8Array.from(whole.subarray(0, cut))
          for (const [at, value] of changes) if (at < cut) data[at] = value
          const read = readNpy(data)
          if ('values' in read) expect(read.values.length).toBeLessThan(100)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

describe('latents as CSV', () => {
  it('read back to the same numbers and names', () => {
    expect(readLatents(writeLatentsCsv(table), 'a.csv', 3)).toEqual(table)
    fc.assert(
      fc.property(fc.float32Array({ minLength: 4, maxLength: 4, noNaN: true, noDefaultInfinity: true }), (numbers) => {
        const csv = writeLatentsCsv({ names: ['x', 'y'], count: 2, latent: 2, values: numbers })
        // CSV has no minus zero.
        expect(readLatents(csv, 'a.csv', 2).values).toEqual(numbers.map((v) => v + 0))
      }),
    )
  })

  it('are read without header, without names, and with semicolons', () => {
    expect(readLatents(text('1,2\n3,4\n'), 'a.csv', 2)).toMatchObject({
      names: [],
      count: 2,
      values: Float32Array.of(1, 2, 3, 4),
    })
    expect(readLatents(text('a;1;2\n'), 'a.csv', 2)).toMatchObject({ names: ['a'], count: 1 })
    expect(readLatents(text('z0,z1\n1,2\n'), 'a.csv', 2)).toMatchObject({ names: [], count: 1 })
  })

  it('say what is wrong, and where', () => {
    expect(() => readLatents(text('name,z0,z1\na,1,2\n'), 'a.csv', 3)).toThrow(
      expect.objectContaining({
        code: 'latent-size',
        message: '“a.csv” holds latents of 2 numbers; this model’s have 3.',
      }) as Error,
    )
    expect(() => readLatents(text('name,z0,z1\na,1,2\nb,1\n'), 'a.csv', 2)).toThrow(/row 3 has 1 numbers/)
    expect(() => readLatents(text('name,z0,z1\na,1,x\n'), 'a.csv', 2)).toThrow(/row 2, column 3: “x” is no number/)
    expect(() => readLatents(text(''), 'a.csv', 2)).toThrow(/empty/)
    expect(() => readLatents(text('name,z0\n'), 'a.csv', 1)).toThrow(/no rows/)
  })

  it('only ever refuse, whatever the bytes', () => {
    const pieces = fc.constantFrom('name,', '"', '\n', ';', ',', '1', '1e9', '-', 'z0', 'NaN', '\ufeff')
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 30 }), (parts) => {
        try {
          expect(readLatents(text(parts.join('')), 'a.csv', 2).latent).toBe(2)
        } catch (error) {
          expect(error).toBeInstanceOf(VariaError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
