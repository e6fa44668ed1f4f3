/**
 * What the editor does to the current latent: choose, bend, reset, randomise, each one step of the history. The picture
 * follows in live-preview, the axes in follow-run. Every change replaces `selection.current` whole, so that everyone sees the same point.
 */
import type { Failure } from '../../src-main/contract/errors'
import type { Axis, AxisBasis, LatentPoint } from '../../src-main/contract/latent'
import { history } from '../app/history.svelte'
import { type Current, selection } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { coordinate, keeping, sameLatent, withCoordinate } from './latent-moves'

export interface MoveOptions {
  /** Moves with the same key in a row are one step of the history. */
  readonly merge?: string
  /** Milliseconds within which they merge; Infinity while a pointer is down. */
  readonly within?: number
  /** Items that were selected before; undo selects them again. */
  readonly selectedBefore?: readonly number[]
}

class Editor {
  basis = $state<AxisBasis>('raw')
  /** Axes of the active run in that basis, most active first; empty until there is something to bend. */
  axes = $state.raw<readonly Axis[]>([])
  /** Why there are no axes although something was learned, as where its checkpoint is damaged; null where all is well. */
  failure = $state.raw<Failure | null>(null)
  /** Ids of axes that randomise and reset leave alone. */
  locked = $state.raw<ReadonlySet<string>>(new Set())
  /** True while a dropped picture is being encoded. */
  encoding = $state(false)

  /** For each point made by bending: where the bending began, which reset goes back to. */
  #origins = new WeakMap<Current, Current>()
  #choices = 0

  /** Where the current point's bending began: the point itself when it is not bent. */
  originOf(current: Current): Current {
    return this.#origins.get(current) ?? current
  }

  /** True when the current point was bent away from where it came from. */
  get bent(): boolean {
    const current = selection.current
    if (current === null) return false
    return !sameLatent(current.point.latent, this.originOf(current).point.latent)
  }

  /**
   * Makes an item's latent the current one. Of several calls in a row the last wins. `selectedBefore` are the items that
   * were selected before the click that asked for it: undo selects them again. `known` is its name, null where nobody knows it yet.
   */
  async chooseItem(
    item: number,
    known: string | null,
    selectedBefore: readonly number[] = selection.items,
  ): Promise<void> {
    const run = session.project?.activeRun ?? null
    if (run === null) return
    const mine = ++this.#choices
    try {
      const [point, name] = await Promise.all([
        session.call('latent.ofItem', { run, item }),
        known ?? session.call('collection.item', { id: item }).then((told) => told.name),
      ])
      if (mine === this.#choices) this.choose({ point, name, parent: null }, `Choose ${name}`, { selectedBefore })
    } catch (error) {
      toasts.fail(error)
    }
  }

  /** Makes a point the current one, undoably. */
  choose(next: Current, label: string, { selectedBefore, ...merging }: MoveOptions = {}): void {
    const before = selection.current
    const itemsAfter = selection.items
    const itemsBefore = selectedBefore ?? itemsAfter
    selection.current = next
    const show = (current: Current | null, items: readonly number[]): void => {
      selection.current = current
      selection.items = items
    }
    history.push({ label, undo: () => show(before, itemsBefore), redo: () => show(next, itemsAfter) }, merging)
  }

  /** The current latent's coordinate on an axis; its mean when there is no latent. */
  valueOf(axis: Axis): number {
    const latent = selection.current?.point.latent
    return latent === undefined || latent.length !== axis.direction.length ? axis.mean : coordinate(latent, axis)
  }

  /** Moves the current latent to `value` on an axis. Locked axes stay where they are. */
  move(axis: Axis, value: number, options: MoveOptions = {}): void {
    const current = selection.current
    if (current === null || this.locked.has(axis.id)) return
    this.#bend(withCoordinate(current.point.latent, axis, value), `Move ${axis.label}`, options)
  }

  /** Takes one axis back to where the bending began. */
  resetAxis(axis: Axis): void {
    const current = selection.current
    if (current === null || this.locked.has(axis.id)) return
    const value = coordinate(this.originOf(current).point.latent, axis)
    this.#bend(withCoordinate(current.point.latent, axis, value), `Reset ${axis.label}`)
  }

  /** Takes all unlocked axes back to where the bending began. */
  resetAll(): void {
    const current = selection.current
    if (current === null || !this.bent) return
    const origin = this.originOf(current)
    const kept = this.#lockedAxes()
    if (kept.length === 0) this.choose(origin, 'Reset all sliders')
    else this.#bend(keeping(origin.point.latent, current.point.latent, kept), 'Reset unlocked sliders')
  }

  /** Draws a new latent; locked axes keep their values (R). */
  async randomise(): Promise<void> {
    const run = session.project?.activeRun ?? null
    if (run === null) return
    const mine = ++this.#choices
    try {
      const seed = freshSeed()
      const [drawn] = await session.call('latent.random', { run, count: 1, seed })
      if (drawn === undefined || mine !== this.#choices) return
      const current = selection.current
      const kept = this.#lockedAxes()
      const name = `Random ${seed % 10000}`
      if (current === null || kept.length === 0) {
        this.choose({ point: drawn, name, parent: null }, 'Randomise')
      } else {
        const latent = keeping(drawn.latent, current.point.latent, kept)
        const point: LatentPoint = { ...drawn, latent, source: { kind: 'edited', from: current.name } }
        this.choose({ point, name: current.name, parent: current.parent }, 'Randomise unlocked sliders')
      }
    } catch (error) {
      toasts.fail(error)
    }
  }

  toggleLock(axis: Axis): void {
    const others = [...this.locked].filter((id) => id !== axis.id)
    this.locked = new Set(others.length < this.locked.size ? others : [...others, axis.id])
  }

  unlockAll(): void {
    this.locked = new Set()
  }

  /** Encodes a dropped picture, or restores the sliders of one that Varia exported. */
  async dropPicture(file: File): Promise<void> {
    const run = session.project?.activeRun ?? null
    if (run === null) {
      toasts.say('There is nothing to compare this picture with yet: let Varia learn a collection first.')
      return
    }
    this.encoding = true
    const mine = ++this.#choices
    try {
      const data = new Uint8Array(await file.arrayBuffer())
      const { point, restored } = await session.call('latent.ofPicture', { run, name: file.name, data })
      if (mine !== this.#choices) return
      this.choose({ point, name: file.name, parent: null }, restored ? `Restore ${file.name}` : `Encode ${file.name}`)
      if (restored) toasts.say(`Restored the sliders of ${file.name}.`, null, 'good')
    } catch (error) {
      toasts.fail(error)
    } finally {
      this.encoding = false
    }
  }

  #lockedAxes(): Axis[] {
    return this.axes.filter((axis) => this.locked.has(axis.id))
  }

  #bend(latent: Float32Array<ArrayBuffer>, label: string, options: MoveOptions = {}): void {
    const current = selection.current
    if (current === null) return
    const origin = this.originOf(current)
    const from = origin.name
    const bent: Current = { ...current, point: { ...current.point, latent, source: { kind: 'edited', from } } }
    this.#origins.set(bent, origin)
    this.choose(bent, label, options)
  }
}

/** A seed nobody has used: it is kept with the point, so that the draw can be repeated. */
function freshSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 1
}

/** The window's one editor. */
export const editor = new Editor()
