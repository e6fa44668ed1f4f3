/**
 * The items of the open collection as a grid shows them: pages fetched as they come into view, pictures of what is in
 * view, both kept within a budget. Nothing is cut off: the grid is as long as the collection.
 */
import type { PictureStack } from '../../src-main/contract/binary'
import type { ImportNote, ItemRef } from '../../src-main/contract/collection'
import { type Failure, toFailure } from '../../src-main/contract/errors'
import type { InputOf } from '../../src-main/contract/procedures'
import { session } from '../app/session.svelte'
import { slicePictures } from '../ui/pixels'
import { PictureCache } from './picture-cache'

/** Lists of files instead of items: what was left out, and what is worth knowing of others. */
type FilesTold = 'problems' | 'notes'
export type Filter = NonNullable<NonNullable<InputOf<'collection.items'>>['only']> | FilesTold
export type Sort = NonNullable<NonNullable<InputOf<'collection.items'>>['sort']>

const pageSize = 200
/** Bytes of pictures kept for scrolling back. */
const pictureBudget = 64_000_000

export class Items {
  search = $state('')
  only = $state<Filter>('all')
  sort = $state<Sort>('added')
  total = $state(0)
  /** True until the first page of the present query is here. */
  loading = $state(true)
  failure = $state.raw<Failure | null>(null)
  /** Files that the imports told of, where the filter asks for those. */
  told = $state.raw<readonly ImportNote[]>([])

  /** Changes whenever more items or pictures are here; what draws them reads it. */
  #version = $state(0)
  #items = new Map<number, ItemRef>()
  #asked = new Set<number>()
  #pictures = new PictureCache(pictureBudget)
  #picturesAsked = new Set<number>()
  #generation = 0
  #view = { first: 0, end: 0 }

  /** Asks anew, from the first page: the query or the collection has changed. */
  async reload(): Promise<void> {
    const mine = ++this.#generation
    this.#asked.clear()
    if (this.only === 'problems' || this.only === 'notes') {
      await this.#loadTold(this.only, mine)
      return
    }
    await this.#loadPage(0, mine, true)
  }

  /** The item at a place in the grid; undefined until its page is here. */
  at(index: number): ItemRef | undefined {
    void this.#version
    return this.#items.get(index)
  }

  /** The picture of an item; undefined until it is here. */
  pictureOf(id: number): PictureStack | undefined {
    void this.#version
    return this.#pictures.get(id)
  }

  /** Fetches what lies between two places: pages first, then pictures. */
  need(first: number, end: number): void {
    const mine = this.#generation
    this.#view = { first, end }
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page++) {
      if (!this.#asked.has(page)) void this.#loadPage(page, mine, false)
    }
    void this.#loadPictures(first, end)
  }

  /** Sets the rating of items; what is shown changes at once. @throws VariaError when it can't be kept. */
  async rate(ids: readonly number[], rating: number): Promise<void> {
    const before = [...this.#items]
    for (const [index, item] of before) {
      if (ids.includes(item.id)) this.#items.set(index, { ...item, rating })
    }
    this.#version += 1
    try {
      await session.call('collection.rate', { ids: [...ids], rating })
    } catch (error) {
      this.#items = new Map(before)
      this.#version += 1
      throw error
    }
  }

  /** The items at these places that are here. */
  between(first: number, last: number): ItemRef[] {
    const found: ItemRef[] = []
    for (let index = Math.min(first, last); index <= Math.max(first, last); index++) {
      const item = this.#items.get(index)
      if (item !== undefined) found.push(item)
    }
    return found
  }

  async #loadPage(page: number, generation: number, fresh: boolean): Promise<void> {
    const { search, only, sort } = this
    if (only === 'problems' || only === 'notes') return
    this.#asked.add(page)
    try {
      const query = { search, only, sort, offset: page * pageSize, limit: pageSize }
      const { total, items } = await session.call('collection.items', query)
      if (generation !== this.#generation) return
      // What was shown stays until its successor is here, so that nothing flickers.
      if (fresh) this.#items.clear()
      items.forEach((item, index) => this.#items.set(page * pageSize + index, item))
      this.total = total
      this.failure = null
      this.#version += 1
      void this.#loadPictures(this.#view.first, this.#view.end)
    } catch (error) {
      if (generation !== this.#generation) return
      this.#asked.delete(page)
      this.failure = toFailure(error)
    } finally {
      if (generation === this.#generation) this.loading = false
    }
  }

  async #loadPictures(first: number, end: number): Promise<void> {
    const missing = this.between(first, end - 1)
      .map(({ id }) => id)
      .filter((id) => this.#pictures.get(id) === undefined && !this.#picturesAsked.has(id))
    if (missing.length === 0) return
    const ids = missing.slice(0, 512)
    for (const id of ids) this.#picturesAsked.add(id)
    try {
      const stack = await session.call('collection.pictures', { ids })
      ids.forEach((id, index) => this.#pictures.set(id, slicePictures(stack, index, 1)))
      this.#version += 1
    } catch (error) {
      this.failure = toFailure(error)
    } finally {
      for (const id of ids) this.#picturesAsked.delete(id)
    }
  }

  async #loadTold(which: FilesTold, generation: number): Promise<void> {
    this.told = []
    this.loading = true
    try {
      const told = await session.call(`collection.${which}`)
      if (generation !== this.#generation) return
      this.told = told
      this.failure = null
    } catch (error) {
      if (generation === this.#generation) this.failure = toFailure(error)
    } finally {
      if (generation === this.#generation) this.loading = false
    }
  }
}
