import { describe, expect, it } from 'vitest'
import type { MetricPoint } from '../../../src-main/contract/run'
import { curvesOf, shownRange } from '../../../src-renderer/training/curves'
import { joinPoints } from '../../../src-renderer/training/run-data.svelte'

const point = (step: number, split: 'train' | 'validation', reconstruction: number): MetricPoint => ({
  step,
  epoch: step / 100,
  seconds: step,
  split,
  negativeElbo: reconstruction,
  reconstruction,
  kl: 0,
  activeUnits: 0,
  gradientNorm: 0,
  skipped: 0,
  rate: 0,
  learningRate: 0,
})

describe('curvesOf', () => {
  it('puts both splits over one axis of epochs', () => {
    const curves = curvesOf(
      [point(50, 'train', 900), point(100, 'train', 800), point(100, 'validation', 850)],
      'reconstruction',
    )
    expect(curves).toEqual([
      [0.5, 1],
      [900, 800],
      [null, 850],
    ])
  })
  it('leaves out what is not finite', () => {
    expect(curvesOf([point(50, 'train', Infinity), point(60, 'train', 5)], 'reconstruction')[0]).toEqual([0.6])
  })
})

describe('shownRange', () => {
  it('does not let a steep beginning flatten the rest', () => {
    const points = Array.from({ length: 40 }, (_, n) => point(n * 10, 'train', n === 0 ? 100_000 : 700 - n))
    const [low, high] = shownRange(curvesOf(points, 'reconstruction'))
    expect(low).toBeLessThan(661)
    expect(high).toBeGreaterThan(690)
    expect(high).toBeLessThan(800)
  })
  it('has room even for a flat line and for nothing', () => {
    const [low, high] = shownRange(curvesOf([point(1, 'train', 5), point(2, 'train', 5)], 'reconstruction'))
    expect(high).toBeGreaterThan(low)
    expect(shownRange([[], [], []])).toEqual([0, 1])
  })
})

describe('joinPoints', () => {
  it('appends what follows', () => {
    expect(joinPoints([point(1, 'train', 1)], [point(2, 'train', 2)]).map(({ step }) => step)).toEqual([1, 2])
  })
  it('counts a point once that was both fetched and heard of', () => {
    const joined = joinPoints(
      [point(1, 'train', 1), point(2, 'train', 2)],
      [point(2, 'train', 2.5), point(2, 'validation', 3), point(3, 'train', 4)],
    )
    expect(joined.map(({ step, split, reconstruction }) => [step, split, reconstruction])).toEqual([
      [1, 'train', 1],
      [2, 'train', 2.5],
      [2, 'validation', 3],
      [3, 'train', 4],
    ])
  })
})
