import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { corrupt } from '../../../src-main/model/objective/corruption'
import { Random } from '../../../src-main/model/random'
import { numbers, uniforms } from '../tensors'

describe('corruption', () => {
  const x = tf.fill<tf.Rank.R4>([4, 16, 16, 1], 0.5)

  it('hides, salts or blurs about the share it is asked for, the same for the same seed', () => {
    const share = (values: number[], of: number): number => values.filter((v) => v === of).length / values.length
    const masked = numbers(corrupt(x, { kind: 'mask', share: 0.3 }, Random.for(1)))
    expect(Math.abs(share(masked, 0) - 0.3)).toBeLessThan(0.05)
    expect(share(masked, 0) + share(masked, 0.5)).toBe(1)
    const salted = numbers(corrupt(x, { kind: 'salt-and-pepper', share: 0.4 }, Random.for(1)))
    expect(Math.abs(share(salted, 0) - 0.2)).toBeLessThan(0.05)
    expect(Math.abs(share(salted, 1) - 0.2)).toBeLessThan(0.05)
    const noisy = numbers(corrupt(x, { kind: 'gaussian', sigma: 0.1 }, Random.for(1)))
    expect(Math.sqrt(noisy.reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / noisy.length)).toBeCloseTo(0.1, 1)
    expect(numbers(corrupt(x, { kind: 'mask', share: 0.3 }, Random.for(1)))).toEqual(masked)
  })

  it('adds to each value its own draw, scaled', () => {
    const noisy = numbers(corrupt(x, { kind: 'gaussian', sigma: 0.25 }, Random.for(2)))
    const draws = Random.for(2).normals(x.size)
    expect(noisy).toEqual([...draws].map((draw) => Math.fround(0.5 + 0.25 * draw)))
  })

  it('leaves what it does not damage as it was', () => {
    const picture = uniforms<tf.Rank.R4>(3, 4, 16, 16, 1)
    const clean = numbers(picture)
    for (const kind of ['mask', 'salt-and-pepper'] as const) {
      const values = numbers(corrupt(picture, { kind, share: 0.3 }, Random.for(1)))
      const kept = values.filter((value, i) => value === clean[i]).length / values.length
      expect(Math.abs(kept - 0.7), kind).toBeLessThan(0.05)
    }
  })
})
