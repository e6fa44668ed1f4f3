import { describe, expect, it } from 'vitest'
import { histogramPath } from '../../../src-renderer/editor/histogram-path'
import { typicalityWords } from '../../../src-renderer/editor/typicality-words'

describe('how typical a latent is', () => {
  it('loses a dot at a time on the way out', () => {
    const dots = [1, 0.6, 0.59, 0.25, 0.1, 0.05, 0.01, 0.005, 0.001, 0].map((score) => typicalityWords(score).dots)
    expect(dots).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1])
  })
})

describe('the distribution under a slider', () => {
  it('is as wide as its bins and reaches the top at its peak', () => {
    expect(histogramPath([0, 4, 1])).toBe('M0 1L0 1.000L1 1.000L1 0.000L2 0.000L2 0.500L3 0.500L3 1Z')
  })

  it('is not drawn where nothing was counted', () => {
    expect(histogramPath([0, 0])).toBe('')
    expect(histogramPath([])).toBe('')
  })
})
