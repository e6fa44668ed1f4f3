/** Choosing variants with pointer and keys. Pure: what is chosen before a click, and what after it. */
import type { VariantId } from '../../src-main/contract/variant'

interface Held {
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/**
 * The chosen variants, the one chosen last at the end, after a click on one of those `shown`. Plain: this one alone; Mod: this
 * one too, or no longer; Shift: all from the one chosen last to this one as well.
 */
export function afterChoice(
  shown: readonly VariantId[],
  chosen: readonly VariantId[],
  clicked: VariantId,
  held: Held,
): readonly VariantId[] {
  const last = chosen.at(-1)
  if (held.shiftKey && last !== undefined) {
    // Where the one chosen last is hidden by a filter, the range begins at the first that shows.
    const ends = [Math.max(0, shown.indexOf(last)), shown.indexOf(clicked)]
    const range = shown.slice(Math.min(...ends), Math.max(...ends) + 1)
    return [...chosen.filter((id) => !range.includes(id)), ...range]
  }
  if (held.ctrlKey || held.metaKey) {
    return chosen.includes(clicked) ? chosen.filter((id) => id !== clicked) : [...chosen, clicked]
  }
  return [clicked]
}

/** What keys on a variant act on: all that are chosen if it is among them, else it alone. */
export function targetsOf(chosen: readonly VariantId[], focused: VariantId | undefined): readonly VariantId[] {
  if (focused === undefined) return []
  return chosen.includes(focused) ? chosen : [focused]
}
