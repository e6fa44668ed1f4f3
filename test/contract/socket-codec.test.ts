import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '../../src-main/contract/socket-codec'

describe('messages as bytes', () => {
  it('keeps typed arrays, undefined, null and nesting', () => {
    const message = {
      t: 's',
      r: {
        latents: Float32Array.of(1.5, -2, Number.NaN),
        ids: Int32Array.of(-1, 7),
        pixels: Uint8Array.of(0, 255),
        nothing: undefined,
        none: null,
        list: [{ big: 2 ** 40, half: 0.5 }],
      },
    }
    const back = decodeMessage(encodeMessage(message)) as typeof message
    expect(back.r.latents).toBeInstanceOf(Float32Array)
    expect(back.r.ids).toBeInstanceOf(Int32Array)
    expect(back.r.pixels).toBeInstanceOf(Uint8Array)
    expect([...back.r.pixels]).toEqual([0, 255])
    expect({ ...back.r, pixels: null }).toEqual({ ...message.r, pixels: null })
    expect('nothing' in back.r).toBe(true)
  })

  it('keeps any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'))
        expect(decodeMessage(encodeMessage(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 100, seed: 3 },
    )
  })

  it('throws or returns, but never hangs or bends a prototype, on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          decodeMessage(bytes)
        } catch {
          // Refused, which is as good.
        }
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      }),
      { numRuns: 5000, seed: 5 },
    )
  })

  it('refuses the extension that rebuilds cycles', () => {
    // An extension of type 'i', identity, round an empty map.
    expect(() => decodeMessage(Uint8Array.of(0xd6, 0x69, 0, 0, 0, 1, 0x80))).toThrow()
  })
})
