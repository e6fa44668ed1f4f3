import { describe, expect, test } from 'vitest'
import { Random } from '../../../src-main/model/random'
import { axesOf } from '../../../src-main/studio/latent/axes'
import { cloudOf, type LatentCloud } from '../../../src-main/studio/latent/cloud'
import { principalDirections } from '../../../src-main/studio/latent/eigen'
import { linear, morphPath, spherical } from '../../../src-main/studio/latent/morph'
import { typicalityGauge } from '../../../src-main/studio/latent/typicality'
import { layoutPca } from '../../../src-main/studio/map/layout-pca'
import { layoutUmap } from '../../../src-main/studio/map/layout-umap'

/** Latents whose dimensions have the given deviations, all else independent. */
function cloud(deviations: readonly number[], count = 2000): LatentCloud {
  const size = deviations.length
  const noise = Random.for(1, 'cloud').normals(count * size)
  return cloudOf(1, '1-1', {
    items: Int32Array.from({ length: count }, (_, index) => index + 1),
    size,
    mu: noise.map((value, index) => value * (deviations[index % size] ?? 0)),
    logvar: noise.map((_, index) => Math.log(Math.max(1e-4, 1 - (deviations[index % size] ?? 0) ** 2))),
  })
}

describe('principal directions', () => {
  test('of a stretched cloud point along its stretches, the widest first', () => {
    const { basis, variance } = principalDirections(cloud([0.2, 0.9, 0.5]).means, 2000, 3)
    expect(Math.abs(basis[1] ?? 0)).toBeCloseTo(1, 1)
    expect(variance[0]).toBeCloseTo(0.81, 1)
    expect(variance[1]).toBeCloseTo(0.25, 1)
    expect(variance[2]).toBeCloseTo(0.04, 1)
  })

  test('are orthonormal', () => {
    const { basis } = principalDirections(cloud([0.3, 0.3, 0.3, 0.3]).means, 2000, 4)
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 4; b++) {
        const dot = [0, 1, 2, 3].reduce((sum, i) => sum + (basis[a * 4 + i] ?? 0) * (basis[b * 4 + i] ?? 0), 0)
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 5)
      }
    }
  })
})

describe('axes', () => {
  test('come by how much they are used, and a collapsed one is marked', () => {
    const axes = axesOf(cloud([0.001, 0.95, 0.6]), 'raw')
    expect(axes.map(({ id }) => id)).toEqual(['z01', 'z02', 'z00'])
    expect(axes.map(({ active }) => active)).toEqual([true, true, false])
  })

  test('have a histogram of the whole collection within a range of at least three deviations', () => {
    for (const basis of ['raw', 'principal'] as const) {
      for (const axis of axesOf(cloud([0.9, 0.5]), basis)) {
        expect(axis.histogram.reduce((sum, value) => sum + value, 0)).toBe(2000)
        expect(axis.min).toBeLessThanOrEqual(axis.mean - 3 * axis.std + 1e-6)
        expect(axis.max).toBeGreaterThanOrEqual(axis.mean + 3 * axis.std - 1e-6)
        expect(Math.hypot(...axis.direction)).toBeCloseTo(1, 5)
      }
    }
  })

  test('of copies of one picture still have sliders that move', () => {
    const same = cloudOf(1, '1-1', { items: Int32Array.of(1, 2), size: 1, mu: Float32Array.of(2, 2), logvar: null })
    const [axis] = axesOf(same, 'raw')
    expect(axis?.max).toBeGreaterThan(axis?.min ?? 0)
  })
})

describe('typicality', () => {
  test('is high at the heart of the collection and nothing far outside it', () => {
    const gauge = typicalityGauge(cloud([0.9, 0.8]))
    const [heart, edge, far] = gauge.judge(Float32Array.of(0, 0, 2, 2, 9, 9), 3, 1)
    expect(heart?.score).toBeGreaterThan(0.95)
    expect(edge?.score).toBeLessThan(0.2)
    expect(far?.score).toBe(0)
  })

  test('does not change along a collapsed latent', () => {
    const gauge = typicalityGauge(cloud([0.9, 0.001]))
    const [at, moved] = gauge.judge(Float32Array.of(0.5, 0, 0.5, 3), 2, 1)
    expect(moved?.distance).toBeCloseTo(at?.distance ?? 0, 6)
  })

  test('names the nearest items, the nearest first', () => {
    const few = cloudOf(1, '1-1', {
      items: Int32Array.of(7, 8, 9),
      size: 1,
      mu: Float32Array.of(0, 1, 5),
      logvar: null,
    })
    const [judged] = typicalityGauge(few).judge(Float32Array.of(0.9), 1, 2)
    expect(judged?.nearest.map(({ item }) => item)).toEqual([8, 7])
    expect(judged?.nearest[0]?.distance).toBeCloseTo(0.1, 5)
  })
})

describe('a morph', () => {
  const a = Float32Array.of(3, 0)
  const b = Float32Array.of(0, 4)

  test('begins and ends at its designs', () => {
    for (const along of [linear, spherical]) {
      const path = morphPath(a, b, 5, along)
      expect(path.slice(0, 2)).toEqual(a)
      expect(path[8]).toBeCloseTo(0)
      expect(path[9]).toBeCloseTo(4)
    }
  })

  test('on an arc keeps its distance from the middle, which a straight line would cut', () => {
    expect(Math.hypot(...spherical(a, b, 0.5))).toBeCloseTo(3.5)
    expect(Math.hypot(...linear(a, b, 0.5))).toBeCloseTo(2.5)
  })

  test('between opposite or empty latents falls back to the straight line', () => {
    expect(spherical(a, Float32Array.of(-3, 0), 0.5).every(Number.isFinite)).toBe(true)
    expect(spherical(a, Float32Array.of(0, 0), 0.5)).toEqual(Float32Array.of(1.5, 0))
  })
})

describe('a map', () => {
  test('by principal directions rebuilds latents that lie in three dimensions', () => {
    const points = cloud([0.9, 0.5, 0.3, 0])
    const { positions, frame } = layoutPca(points)
    for (let row = 0; row < 20; row++) {
      for (let i = 0; i < 4; i++) {
        const rebuilt = [0, 1, 2].reduce(
          (sum, axis) =>
            sum + (frame?.scale ?? 0) * (positions[row * 3 + axis] ?? 0) * (frame?.basis[axis * 4 + i] ?? 0),
          frame?.mean[i] ?? 0,
        )
        expect(rebuilt).toBeCloseTo(points.means[row * 4 + i] ?? 0, 4)
      }
    }
  })

  test('puts 95 % of its points within a radius of 1', () => {
    const { positions } = layoutPca(cloud([0.9, 0.5, 0.3]))
    let inside = 0
    for (let row = 0; row < 2000; row++) {
      if (Math.hypot(...positions.subarray(row * 3, row * 3 + 3)) <= 1) inside++
    }
    expect(inside / 2000).toBeCloseTo(0.95, 2)
  })

  test('of fewer than three latents, or of one place, is flat rather than broken', () => {
    expect(layoutPca(cloud([0.9])).positions.every(Number.isFinite)).toBe(true)
    expect(layoutPca(cloud([0, 0, 0])).positions.every(Number.isFinite)).toBe(true)
  })

  test('by neighbours keeps two groups apart, and is the same each time', () => {
    const noise = Random.for(2, 'groups').normals(60 * 4)
    const latents = noise.map((value, index) => 0.1 * value + (index < 120 ? 5 : -5))
    const task = { latents, count: 60, dimension: 4, seed: 1 }
    const positions = layoutUmap(task, () => undefined)
    expect(layoutUmap(task, () => undefined)).toEqual(positions)
    const middle = (from: number): number[] =>
      [0, 1, 2]
        .map((axis) => Array.from({ length: 30 }, (_, row) => positions[(from + row) * 3 + axis] ?? 0))
        .map((values) => values.reduce((sum, value) => sum + value, 0) / 30)
    const [a, b] = [middle(0), middle(30)]
    const apart = Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)))
    let widest = 0
    for (let row = 0; row < 30; row++) {
      widest = Math.max(widest, Math.hypot(...a.map((value, axis) => value - (positions[row * 3 + axis] ?? 0))))
    }
    expect(apart).toBeGreaterThan(widest)
  })
})
