import { describe, expect, it } from 'vitest'
import { colorItems, entryOf, hues, neutral, numberRange, scaleColor } from '../../../src-renderer/manifold/color-scale'

/** CIE lightness of an sRGB colour, 0 to 100. */
function lightness([r, g, b]: readonly [number, number, number]): number {
  const linear = (value: number): number => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  const y = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y
}

describe('colours for attributes', () => {
  it('grow steadily lighter along the number scale, so that order reads without hue', () => {
    const values = Array.from({ length: 21 }, (_, n) => lightness(scaleColor(n / 20)))
    for (let n = 1; n < values.length; n++) expect(values[n]).toBeGreaterThan(values[n - 1] ?? 0)
  })

  it('are held at the ends and neutral where the value is missing', () => {
    expect(scaleColor(-3)).toEqual(scaleColor(0))
    expect(scaleColor(7)).toEqual(scaleColor(1))
    expect(scaleColor(NaN)).toEqual(neutral)
  })

  it('are not squeezed by one outlier', () => {
    const values = Float32Array.from({ length: 1000 }, (_, n) => n / 1000)
    values[999] = 1e6
    const { low, high } = numberRange(values)
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThan(1.01)
  })

  it('tell the range of values that are all the same, or all missing, without dividing by nothing', () => {
    expect(numberRange(Float32Array.of(5, 5, 5)).high).toBeGreaterThan(5)
    expect(numberRange(Float32Array.of(NaN, NaN))).toEqual({ low: 0, high: 1 })
  })

  it('count each category in the legend, missing ones last and rare ones together', () => {
    const labels = Array.from({ length: 20 }, (_, n) => `label ${n}`)
    const values = Int32Array.from([0, 0, 1, -1, 12, 15, 19])
    const { colors, legend } = colorItems({ kind: 'category', name: 'shape', labels, values })
    expect(legend.kind === 'category' && legend.entries.map(({ label, count }) => [label, count])).toEqual([
      ['label 0', 2],
      ['label 1', 1],
      ['others', 3],
      ['missing', 1],
    ])
    expect([...colors.subarray(0, 3)]).toEqual([...(hues[0] ?? [])])
    expect([...colors.subarray(9, 12)]).toEqual([...neutral])
    expect(entryOf(15)).toBe(hues.length)
  })

  it('count what has no number', () => {
    const { legend } = colorItems({ kind: 'number', name: 'height', values: Float32Array.of(1, 2, NaN, 3) })
    expect(legend).toMatchObject({ kind: 'number', low: 1, high: 3, missing: 1 })
  })
})
