/** Names and sharp pictures of single items, for what is under the pointer; the last few hundred are kept. */
import type { PictureStack } from '../../src-main/contract/binary'
import type { ItemRef } from '../../src-main/contract/collection'
import { latestWins, superseded } from '../app/latest-wins'
import { session } from '../app/session.svelte'

export interface ItemFacts {
  readonly item: ItemRef
  readonly picture: PictureStack
}

const kept = 400

export class ItemFactsCache {
  #known = new Map<number, ItemFacts>()

  #ask = latestWins(async (id: number): Promise<ItemFacts> => {
    const [item, picture] = await Promise.all([
      session.call('collection.item', { id }),
      session.call('collection.pictures', { ids: [id] }),
    ])
    return { item, picture }
  })

  /** What is known already. */
  known(id: number): ItemFacts | null {
    return this.#known.get(id) ?? null
  }

  /** Asks for an item's facts; null when a newer question overtook this one, or they can't be had. */
  async of(id: number): Promise<ItemFacts | null> {
    const known = this.#known.get(id)
    if (known !== undefined) return known
    try {
      const told = await this.#ask(id)
      if (told === superseded) return null
      this.#known.set(id, told)
      const oldest = this.#known.keys().next()
      if (this.#known.size > kept && oldest.done !== true) this.#known.delete(oldest.value)
      return told
    } catch {
      // The item is gone or the engine is: what the pointer is over simply has no card.
      return null
    }
  }

  clear(): void {
    this.#known.clear()
  }
}
