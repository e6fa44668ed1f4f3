import { describe, expect, it } from 'vitest'
import { fitMosaic } from '../../../src-renderer/training/fit-mosaic'
import { stackVertically } from '../../../src-renderer/training/stacked'

describe('fitMosaic', () => {
  it('fills the place and never leaves it', () => {
    for (const [width, height] of [
      [800, 600],
      [300, 900],
      [1600, 300],
    ] as const) {
      const fit = fitMosaic(36, 1, width, height, 2, 1000)
      const cell = (fit.width - 2 * (fit.columns - 1)) / fit.columns
      expect(fit.width).toBeLessThanOrEqual(width)
      expect(cell * fit.rows + 2 * (fit.rows - 1)).toBeLessThanOrEqual(height + 1)
      expect(fit.columns * fit.rows).toBeGreaterThanOrEqual(36)
    }
  })
  it('prefers full rows', () => {
    const fit = fitMosaic(16, 2, 700, 640, 2, 200)
    expect(16 % fit.columns).toBe(0)
  })
  it('does not blow up a single picture beyond the largest', () => {
    expect(fitMosaic(1, 1, 2000, 2000, 2, 160).width).toBe(160)
  })
  it('survives a place of no size', () => {
    expect(fitMosaic(9, 1, 0, 0, 2, 160).width).toBe(0)
  })
})

describe('stackVertically', () => {
  it('puts each original over its own copy', () => {
    const above = { count: 2, width: 1, height: 1, channels: 1 as const, data: Uint8Array.of(1, 2) }
    const below = { ...above, data: Uint8Array.of(11, 12) }
    const both = stackVertically(above, below)
    expect(both).toMatchObject({ count: 2, width: 1, height: 2 })
    expect([...both.data]).toEqual([1, 11, 2, 12])
  })
})
