/** The board's variants and what a hand does to them. Everything here can be undone. */
import type { InputOf } from '../../src-main/contract/procedures'
import type { Variant, VariantId } from '../../src-main/contract/variant'
import { history } from '../app/history.svelte'
import { selection } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { type BoardFilter, type BoardSort, orderVariants } from './order'

type Change = Omit<InputOf<'board.change'>, 'id'>

class Board {
  /** All variants that are not deleted, newest first. */
  variants = $state.raw<readonly Variant[]>([])
  /** False until the list has been asked for once. */
  loaded = $state(false)
  sort = $state<BoardSort>('newest')
  filter = $state<BoardFilter>({ starred: false, atLeast: 0, search: '' })

  readonly #shown = $derived(orderVariants(this.variants, this.sort, this.filter))

  /** What the grid shows: filtered and sorted. */
  get shown(): readonly Variant[] {
    return this.#shown
  }

  /** Keeps the list in step with the engine; returns how to stop. Called once by the shell's tray. */
  attach(): () => void {
    const stopEvents = session.on('board', () => void this.load())
    const stopEffects = $effect.root(() => {
      $effect(() => {
        // Asked for again when another project is opened or the engine came back.
        const project = session.project?.id ?? null
        void session.epoch
        if (session.state !== 'ready') return
        if (project === null) this.variants = []
        else void this.load()
      })
    })
    return () => {
      stopEvents()
      stopEffects()
    }
  }

  async load(): Promise<void> {
    try {
      const variants = await session.call('board.list', {})
      this.variants = [...variants].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
      this.loaded = true
      const alive = new Set(variants.map((variant) => variant.id))
      if (selection.variants.some((id) => !alive.has(id))) {
        selection.variants = selection.variants.filter((id) => alive.has(id))
      }
    } catch (error) {
      toasts.fail(error)
    }
  }

  /** Keeps the current latent as a variant (P). Gives it, or null when there is nothing to keep. */
  async pin(): Promise<Variant | null> {
    const current = selection.current
    if (current === null) {
      toasts.say('Choose a design first: click one in the manifold, or randomise the sliders.')
      return null
    }
    try {
      const { point, name, parent } = current
      const variant = await session.call('board.pin', { point, name, parent })
      await this.load()
      history.push({
        label: `Pin ${variant.name}`,
        undo: async () => void (await this.#delete([variant.id])),
        redo: async () => void (await this.#restore([variant.id])),
      })
      return variant
    } catch (error) {
      toasts.fail(error)
      return null
    }
  }

  /** Renames, stars or rates variants. */
  async change(ids: readonly VariantId[], change: Change, label: string): Promise<void> {
    const before = this.variants.filter((variant) => ids.includes(variant.id))
    if (before.length === 0) return
    const forward = (): Promise<void> => this.#change(before.map(({ id }) => ({ id, ...change })))
    const back = (): Promise<void> =>
      this.#change(before.map(({ id, name, starred, rating }) => ({ id, name, starred, rating })))
    await forward()
    history.push({ label, undo: back, redo: forward })
  }

  /** Stars them all, or takes the stars away when all have one (`.`). */
  async toggleStar(ids: readonly VariantId[]): Promise<void> {
    const chosen = this.variants.filter((variant) => ids.includes(variant.id))
    const starred = !chosen.every((variant) => variant.starred)
    await this.change(ids, { starred }, starred ? 'Star' : 'Remove star')
  }

  async rate(ids: readonly VariantId[], rating: number): Promise<void> {
    await this.change(ids, { rating }, rating === 0 ? 'Remove rating' : `Rate ${rating}`)
  }

  /** Takes variants off the board; a message offers to bring them back. */
  async remove(ids: readonly VariantId[]): Promise<void> {
    if (ids.length === 0) return
    const what = ids.length === 1 ? `"${this.byId(ids[0])?.name ?? 'variant'}"` : `${ids.length} variants`
    if (!(await this.#delete(ids))) return
    history.push({
      label: `Delete ${what}`,
      undo: async () => void (await this.#restore(ids)),
      redo: async () => void (await this.#delete(ids)),
    })
    toasts.say(`Deleted ${what}.`, { label: 'Undo', run: async () => void (await this.#restore(ids)) })
  }

  byId(id: VariantId | undefined): Variant | null {
    return this.variants.find((variant) => variant.id === id) ?? null
  }

  /** Brings a variant's latent back to the sliders. */
  edit(variant: Variant): void {
    const before = selection.current
    const { runId, checkpoint, latent, source } = variant
    const after = { point: { runId, checkpoint, latent, source }, name: variant.name, parent: variant.id }
    selection.current = after
    history.push({
      label: `Edit ${variant.name}`,
      undo: () => {
        selection.current = before
      },
      redo: () => {
        selection.current = after
      },
    })
  }

  async #change(changes: readonly InputOf<'board.change'>[]): Promise<void> {
    try {
      const told = await Promise.all(changes.map((change) => session.call('board.change', change)))
      const changed = new Map(told.map((variant) => [variant.id, variant]))
      this.variants = this.variants.map((variant) => changed.get(variant.id) ?? variant)
    } catch (error) {
      toasts.fail(error)
    }
  }

  async #delete(ids: readonly VariantId[]): Promise<boolean> {
    return this.#attempt('board.delete', ids)
  }

  async #restore(ids: readonly VariantId[]): Promise<boolean> {
    return this.#attempt('board.restore', ids)
  }

  async #attempt(name: 'board.delete' | 'board.restore', ids: readonly VariantId[]): Promise<boolean> {
    try {
      await session.call(name, { ids: [...ids] })
      await this.load()
      return true
    } catch (error) {
      toasts.fail(error)
      return false
    }
  }
}

/** The window's one board. */
export const board = new Board()
