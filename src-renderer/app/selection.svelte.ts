/** What the window is about right now: one current latent (the editor's), and the items that are selected. */
import type { LatentPoint } from '../../src-main/contract/latent'
import type { VariantId } from '../../src-main/contract/variant'

export interface Current {
  readonly point: LatentPoint
  /** For people: the item's name, "random", the variant's name. */
  readonly name: string
  /** The variant it was taken from, which becomes the parent of what is pinned from it. */
  readonly parent: VariantId | null
}

class Selection {
  #current = $state.raw<Current | null>(null)
  #items = $state.raw<readonly number[]>([])
  #variants = $state.raw<readonly VariantId[]>([])

  /** The one latent that the editor shows; null when nothing is chosen yet. Replace it whole; never change its array. */
  get current(): Current | null {
    return this.#current
  }
  set current(next: Current | null) {
    this.#current = next
  }

  /** Selected item ids in the order they were chosen: two of them make a morph. */
  get items(): readonly number[] {
    return this.#items
  }
  set items(ids: readonly number[]) {
    this.#items = ids
  }

  /** Selected variants on the board, in the order they were chosen. */
  get variants(): readonly VariantId[] {
    return this.#variants
  }
  set variants(ids: readonly VariantId[]) {
    this.#variants = ids
  }

  hasItem(id: number): boolean {
    return this.#items.includes(id)
  }

  /** Adds an item, or takes it away if it is there already. */
  toggleItem(id: number): void {
    this.#items = this.hasItem(id) ? this.#items.filter((other) => other !== id) : [...this.#items, id]
  }

  clear(): void {
    this.#current = null
    this.#items = []
    this.#variants = []
  }
}

export const selection = new Selection()
