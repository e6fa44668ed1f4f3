/** Colours for attributes: numbers by a scale that is even to the eye, categories by hues that can be told apart. */
import type { AttributeValues } from '../../src-main/contract/collection'

export type Rgb = readonly [red: number, green: number, blue: number]

/** Missing values, and categories beyond those that have a hue of their own. */
export const neutral: Rgb = [128, 128, 138]

/** Dark violet to yellow; lightness rises evenly, so that it reads in grey too (the stops follow viridis, CC0). */
const stops: readonly Rgb[] = [
  [84, 39, 143],
  [66, 84, 163],
  [46, 122, 158],
  [33, 158, 147],
  [78, 193, 113],
  [163, 218, 64],
  [249, 230, 50],
]

/** Twelve hues for categories, in order of use; neighbours differ in lightness as well. */
export const hues: readonly Rgb[] = [
  [108, 150, 255],
  [245, 170, 66],
  [82, 196, 138],
  [236, 104, 140],
  [160, 120, 232],
  [64, 200, 214],
  [214, 212, 80],
  [214, 108, 64],
  [130, 190, 70],
  [206, 132, 206],
  [70, 140, 190],
  [178, 148, 112],
]

/** The colour at a share of the number scale; NaN gives neutral. */
export function scaleColor(share: number): Rgb {
  if (!Number.isFinite(share)) return neutral
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1)
  const low = Math.min(stops.length - 2, Math.floor(place))
  const [a, b] = [stops[low] ?? neutral, stops[low + 1] ?? neutral]
  const t = place - low
  const mix = (k: 0 | 1 | 2): number => Math.round(a[k] + (b[k] - a[k]) * t)
  return [mix(0), mix(1), mix(2)]
}

export function categoryColor(index: number): Rgb {
  return hues[index] ?? neutral
}

export const cssColor = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`

/** One line of a legend of categories. */
export interface LegendEntry {
  /** -1 stands for missing values, `hues.length` for all labels without a hue of their own. */
  readonly index: number
  readonly label: string
  readonly color: Rgb
  readonly count: number
}

export type Legend =
  | {
      readonly kind: 'number'
      readonly name: string
      readonly low: number
      readonly high: number
      readonly missing: number
    }
  | { readonly kind: 'category'; readonly name: string; readonly entries: readonly LegendEntry[] }

/** The range that holds the middle 98 % of the values, so that one outlier does not take all the colours. */
export function numberRange(values: Float32Array): { low: number; high: number } {
  const present = values.filter((value) => Number.isFinite(value)).sort()
  if (present.length === 0) return { low: 0, high: 1 }
  const at = (share: number): number => present[Math.round(share * (present.length - 1))] ?? 0
  const [low, high] = [at(0.01), at(0.99)]
  if (high > low) return { low, high }
  return { low: present[0] ?? 0, high: Math.max(present.at(-1) ?? 1, (present[0] ?? 0) + 1e-6) }
}

/** Which legend entry a category value belongs to. */
export function entryOf(value: number): number {
  return value < 0 ? -1 : Math.min(value, hues.length)
}

/** The colour of every item, [count, 3] bytes, and what the colours mean. */
export function colorItems(attribute: AttributeValues): { colors: Uint8Array; legend: Legend } {
  const { name } = attribute
  const colors = new Uint8Array(attribute.values.length * 3)
  if (attribute.kind === 'number') {
    const { low, high } = numberRange(attribute.values)
    let missing = 0
    attribute.values.forEach((value, n) => {
      if (!Number.isFinite(value)) missing += 1
      colors.set(scaleColor((value - low) / (high - low)), n * 3)
    })
    return { colors, legend: { kind: 'number', name, low, high, missing } }
  }
  const counts = new Map<number, number>()
  attribute.values.forEach((value, n) => {
    const entry = entryOf(value)
    counts.set(entry, (counts.get(entry) ?? 0) + 1)
    colors.set(categoryColor(entry), n * 3)
  })
  const title = (index: number): string =>
    index < 0 ? 'missing' : index === hues.length ? 'others' : (attribute.labels[index] ?? '')
  const entries = [...counts]
    .sort(([a], [b]) => (a < 0 ? Infinity : a) - (b < 0 ? Infinity : b))
    .map(([index, count]) => ({ index, label: title(index), color: categoryColor(index), count }))
  return { colors, legend: { kind: 'category', name, entries } }
}
