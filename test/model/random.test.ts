import { describe, expect, it } from 'vitest'
import { Random } from '../../src-main/model/random'

describe('Random', () => {
  it('draws the same numbers for the same seed and stream, and others for any other', () => {
    const draw = (...stream: (number | string)[]): number[] => [...Random.for(7, ...stream).normals(4)]
    expect(draw('noise', 3)).toEqual(draw('noise', 3))
    const others = [draw('noise', 4), draw('noise'), draw(3, 'noise'), draw('noise', '3'), draw('nois', 'e', 3)]
    for (const other of others) expect(other).not.toEqual(draw('noise', 3))
    expect([...Random.for(8, 'noise', 3).normals(4)]).not.toEqual(draw('noise', 3))
  })

  it('follows xoshiro128** step for step', () => {
    // the algorithm of Blackman & Vigna's reference (prng.di.unimi.it), in 64-bit integers
    const mask = 0xffffffffn
    const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask
    let [a, b, c, d] = [1n, 2n, 3n, 4n]
    const random = Random.from([1, 2, 3, 4])
    for (let i = 0; i < 100; i++) {
      const expected = (rotate((b * 5n) & mask, 7n) * 9n) & mask
      const t = (b << 9n) & mask
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= t
      d = rotate(d, 11n)
      expect(BigInt(random.bits())).toBe(expected)
    }
  })

  it('draws uniforms with the mean, spread and range of a uniform', () => {
    const values = Random.for(2).uniforms(100_000)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length
    expect(mean).toBeCloseTo(0.5, 2)
    expect(variance).toBeCloseTo(1 / 12, 2)
    expect(Math.min(...values.subarray(0, 10_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values.subarray(0, 10_000))).toBeLessThan(1)
  })

  it('draws normals with the moments of a standard normal', () => {
    const values = Random.for(3).normals(200_000)
    const moment = (k: number): number => values.reduce((sum, v) => sum + v ** k, 0) / values.length
    expect(moment(1)).toBeCloseTo(0, 1)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02)
    expect(Math.abs(moment(3))).toBeLessThan(0.05)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1)
  })

  it('permutes: every number once, every place as likely as the other', () => {
    expect([...Random.for(5).permutation(1000)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    )
    const counts = new Float64Array(6)
    for (let i = 0; i < 6000; i++) {
      const place = Random.for(i, 'order').permutation(6).indexOf(2)
      counts[place] = (counts[place] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
