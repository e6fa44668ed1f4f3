/** What the manifold shows: which map, coloured by what, how large the sprites. The scene draws it. */
import type { AttributeColumn } from '../../src-main/contract/collection'
import { type Failure, fromFailure } from '../../src-main/contract/errors'
import type { LatentMap, MapMethod } from '../../src-main/contract/map'
import { latestWins, superseded } from '../app/latest-wins'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { alignment, turned } from './align'
import type { Vector } from './camera'
import { colorItems, entryOf, type Legend } from './color-scale'
import { inOrderOf, placesOf } from './layout'
import { placeInFrame } from './marker'

export interface ShownMap {
  readonly map: LatentMap
  /** Item ids in the order of the sprites. */
  readonly items: Int32Array
  /** [items, 3] in that order, turned to lie like the map before it. */
  readonly positions: Float32Array
  /** The turn, as rows of a matrix. */
  readonly turn: readonly number[]
}

export interface Coloring {
  readonly colors: Uint8Array
  readonly legend: Legend
  /** Values in item order, for what is under the pointer. */
  readonly words: (index: number) => string
  /** Legend entry of each item; for numbers 0. */
  readonly entries: (index: number) => number
}

const unturned = [1, 0, 0, 0, 1, 0, 0, 0, 1]

class Manifold {
  method = $state<MapMethod>('pca')
  /** The map on the screen; the one before stays until the next is there. */
  shown = $state.raw<ShownMap | null>(null)
  /** True until it is known whether there is a map. */
  loading = $state(true)
  /** Name of the attribute that colours the frames; empty for none. */
  colorBy = $state('')
  coloring = $state.raw<Coloring | null>(null)
  /** The legend entry that alone is shown in full; null for all. */
  isolated = $state<number | null>(null)
  /** Sprite size relative to its natural one. */
  spriteScale = $state(1)
  /** Runs whose maps were asked to be made, so that a failure is not asked for again and again. */
  #asked = new Set<string>()

  /** Attributes that can colour. */
  get attributes(): readonly AttributeColumn[] {
    return session.project?.collection?.attributes ?? []
  }

  /** The job that makes a map right now. */
  get job() {
    return session.jobs.find((job) => job.kind === 'map' && job.state === 'running') ?? null
  }

  #get = latestWins(async (run: number, method: MapMethod) => ({
    run,
    method,
    map: await session.call('map.get', { run, method }),
  }))

  /** Fetches the map of the active run; asks for it to be made where there is none. */
  async load(run: number, method: MapMethod): Promise<void> {
    try {
      const told = await this.#get(run, method)
      if (told === superseded || run !== session.project?.activeRun || method !== this.method) return
      this.loading = false
      if (told.map !== null) this.#show(told.map)
      else await this.#make(run, method)
    } catch (error) {
      this.loading = false
      toasts.fail(error)
    }
  }

  /**
   * A map could not be made, or its making was stopped (no failure): says why, and goes back to the layout that is on the
   * screen. It may be asked for again.
   */
  failed(failure: Failure | null): void {
    if (failure !== null) toasts.fail(fromFailure(failure))
    this.#asked.clear()
    if (this.shown !== null) this.method = this.shown.map.method
  }

  /** Forgets everything; another project is open. */
  clear(): void {
    this.shown = null
    this.loading = true
    this.colorBy = ''
    this.coloring = null
    this.isolated = null
    this.#asked.clear()
  }

  /** Colours by an attribute, or by none. */
  async color(name: string): Promise<void> {
    this.colorBy = name
    this.isolated = null
    if (name === '') {
      this.coloring = null
      return
    }
    try {
      const attribute = await session.call('collection.attribute', { name })
      if (this.colorBy !== name) return
      const { colors, legend } = colorItems(attribute)
      const words = (index: number): string => {
        const value = attribute.values[index]
        if (value === undefined) return ''
        if (attribute.kind === 'category') return attribute.labels[value] ?? 'missing'
        return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'missing'
      }
      const entries = (index: number): number =>
        attribute.kind === 'category' ? entryOf(attribute.values[index] ?? -1) : 0
      this.coloring = { colors, legend, words, entries }
    } catch (error) {
      this.colorBy = ''
      this.coloring = null
      toasts.fail(error)
    }
  }

  /** Where a latent lies in a linear map on the screen; null in any other map. */
  placeOf(latent: Float32Array): Vector | null {
    const shown = this.shown
    if (shown === null || shown.map.frame === null) return null
    const place = placeInFrame(latent, shown.map.frame)
    if (place === null) return null
    const [x = 0, y = 0, z = 0] = turned(Float32Array.from(place), shown.turn)
    return [x, y, z]
  }

  /** The sprite of an item; -1 where the map lacks it. */
  indexOf(item: number): number {
    return this.#places.get(item) ?? -1
  }

  readonly #places = $derived(placesOf(this.shown?.items ?? new Int32Array(0)))

  async #make(run: number, method: MapMethod): Promise<void> {
    const key = `${run}-${method}`
    const ready = session.run?.checkpoint !== null && session.run?.checkpoint !== undefined
    if (this.#asked.has(key) || !ready || session.project?.readOnly !== null) return
    this.#asked.add(key)
    await session.call('map.compute', { run, method })
  }

  #show(map: LatentMap): void {
    const before = this.shown
    const same = before !== null && sameItems(before.items, map.items)
    // The order of the sprites stays while the items are the same, whatever order a map lists them in.
    const items = same ? before.items : Int32Array.from(map.items).sort()
    const positions = inOrderOf(items, map.items, map.positions)
    const comparable = same && before.map.method === map.method && before.map.runId === map.runId && map.frame !== null
    const turn = comparable ? alignment(positions, before.positions) : unturned
    this.shown = { map, items, positions: comparable ? turned(positions, turn) : positions, turn }
  }
}

/** True when two lists hold the same ids, in whatever order. */
function sameItems(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false
  const ids = new Set(a)
  return b.every((id) => ids.has(id))
}

/** The window's one manifold. */
export const manifold = new Manifold()
