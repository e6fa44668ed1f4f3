/** Slider arithmetic: values on an axis to shares of its track and back, steps, and numbers typed by hand. */
import type { Axis } from '../../src-main/contract/latent'

export type Range = Pick<Axis, 'min' | 'max'>

/** How far one press of a key moves a slider. */
export type Step = 'normal' | 'coarse' | 'fine'

/** Share of the range that one step moves. */
const stepShares: Record<Step, number> = { normal: 1 / 100, coarse: 1 / 10, fine: 1 / 1000 }

/** A collapsed axis may have no width; a slider needs some. */
export function rangeOf({ min, max }: Range): { min: number; max: number; width: number } {
  return max - min > 1e-9 ? { min, max, width: max - min } : { min: min - 1, max: max + 1, width: max - min + 2 }
}

/** Where a value lies on the track, 0 to 1; values beyond the range sit at its ends. */
export function shareOf(value: number, range: Range): number {
  const { min, width } = rangeOf(range)
  return Math.min(1, Math.max(0, (value - min) / width))
}

/** The value at a share of the track; shares beyond it are held at its ends. */
export function valueAt(share: number, range: Range): number {
  const { min, width } = rangeOf(range)
  return min + Math.min(1, Math.max(0, share)) * width
}

/** The step that held modifier keys ask for: Shift coarse, Alt fine. */
export function stepFor(keys: { readonly shiftKey: boolean; readonly altKey: boolean }): Step {
  return keys.altKey ? 'fine' : keys.shiftKey ? 'coarse' : 'normal'
}

/**
 * The value one or more steps further, held inside the range; a value that is already beyond an end (typed, or of an
 * unusual design) may move back but not farther out.
 */
export function stepped(value: number, steps: number, step: Step, range: Range): number {
  const { min, max, width } = rangeOf(range)
  const next = value + steps * stepShares[step] * width
  if (steps > 0) return Math.min(next, Math.max(max, value))
  return Math.max(next, Math.min(min, value))
}

/** Where a key takes a slider from `value`: arrows and pages step it, Home and End take it to an end; null for other keys. */
export function keyedValue(
  event: { readonly key: string; readonly shiftKey: boolean; readonly altKey: boolean },
  value: number,
  range: Range,
): number | null {
  const step = stepFor(event)
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return stepped(value, 1, step, range)
    case 'ArrowLeft':
    case 'ArrowDown':
      return stepped(value, -1, step, range)
    case 'PageUp':
      return stepped(value, 1, 'coarse', range)
    case 'PageDown':
      return stepped(value, -1, 'coarse', range)
    case 'Home':
      return range.min
    case 'End':
      return range.max
    default:
      return null
  }
}

/** A number as shown beside a slider: a true minus sign, two decimals. */
export function shownValue(value: number): string {
  const text = Math.abs(value).toFixed(2)
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text
}

/**
 * A number typed by hand: comma or point, any minus sign, `m` for the middle, `s` or `σ` for standard deviations from it
 * ("+2s"). Null when it is none. It may lie beyond the slider's range, up to ten times its width.
 */
export function typedValue(text: string, axis: Pick<Axis, 'min' | 'max' | 'mean' | 'std'>): number | null {
  const clean = text
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(',', '.')
    .toLowerCase()
  if (clean === 'm') return axis.mean
  const deviations = /^([+-]?\d*\.?\d+)\s*[sσ]$/.exec(clean)
  const value = deviations === null ? Number(clean) : axis.mean + Number(deviations[1]) * axis.std
  if (clean === '' || !Number.isFinite(value)) return null
  const { min, max, width } = rangeOf(axis)
  return Math.min(max + 10 * width, Math.max(min - 10 * width, value))
}
