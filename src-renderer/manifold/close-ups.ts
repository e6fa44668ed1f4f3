/**
 * Sharper pictures of what is near: the atlas holds all pictures small; of the few that are large on the screen the whole
 * ones are kept in slots, those that were wanted last.
 */
import type { Projected } from './projection'

/** Pictures that are kept whole. */
export const closeUpSlots = 48
/** How much larger than its cell a picture may be drawn before it looks soft. */
const tolerance = 1.15

/** Half a side on the screen, CSS pixels, from which on a picture of `cell` pixels looks soft. */
export function softFrom(cell: number, pixelRatio: number): number {
  return (cell * tolerance) / (2 * pixelRatio)
}

/** The sprites whose half side is at least `half`, nearest first, at most `most` of them. */
export function nearAndLarge(sprites: Projected, half: number, most: number): number[] {
  const found: number[] = []
  for (let n = 0; n < sprites.count; n++) if ((sprites.half[n] ?? 0) >= half) found.push(n)
  const depth = (n: number): number => sprites.depth[n] ?? 0
  return found.sort((a, b) => depth(a) - depth(b)).slice(0, most)
}

/** A few numbered slots for many owners; who has not been wanted for longest gives way. */
export class SlotCache {
  readonly #free: number[]
  /** Least lately wanted first. */
  readonly #slots = new Map<number, number>()

  constructor(count: number) {
    this.#free = Array.from({ length: count }, (_, n) => count - 1 - n)
  }

  has(owner: number): boolean {
    return this.#slots.has(owner)
  }

  /** These are wanted now: they give way last. */
  want(owners: readonly number[]): void {
    for (const owner of owners) {
      const slot = this.#slots.get(owner)
      if (slot === undefined) continue
      this.#slots.delete(owner)
      this.#slots.set(owner, slot)
    }
  }

  /** Gives an owner a slot, and says who lost it; -1 for nobody. */
  take(owner: number): { slot: number; lost: number } {
    const own = this.#slots.get(owner)
    if (own !== undefined) return { slot: own, lost: -1 }
    const free = this.#free.pop()
    if (free !== undefined) {
      this.#slots.set(owner, free)
      return { slot: free, lost: -1 }
    }
    const oldest = this.#slots.entries().next()
    if (oldest.done === true) throw new Error('There are no slots.')
    const [lost, slot] = oldest.value
    this.#slots.delete(lost)
    this.#slots.set(owner, slot)
    return { slot, lost }
  }
}
