/**
 * One mounted view of the manifold: its scene, what is under the pointer or under the keys, what a hand is doing to it right
 * now. Pointer, keys and looks read and write it; the manifold's own state outlives it.
 */
import { selection } from '../app/selection.svelte'
import { editor } from '../editor/editor-state.svelte'
import { type Camera, home } from './camera'
import { type Insets, noInsets } from './framing'
import { afterClick, type Press } from './gestures'
import { hints } from './hints.svelte'
import { type ItemFacts, ItemFactsCache } from './item-facts'
import { manifold } from './manifold-state.svelte'
import type { ManifoldScene } from './scene/manifold-scene'

/** Between an edge and what floats along it, pixels: `--s3`. */
const edge = 12

export class View {
  scene = $state.raw<ManifoldScene | null>(null)
  /** Frames drawn so far: what hangs on the scene reads it to follow. */
  frames = $state(0)
  width = $state(0)
  height = $state(0)
  /** Heights of what floats along its upper and lower edge. */
  barHeight = $state(0)
  hintsHeight = $state(0)
  /** Pictures are still on their way to the sprites. */
  loading = $state(false)
  /** The driver took the context away. */
  lost = $state(false)
  press = $state.raw<Press | null>(null)
  spaceHeld = $state(false)
  /** Sprite under the pointer or under the keys; -1 for none. */
  hovered = $state(-1)
  /** Name and picture of that sprite's item, once they are known. */
  facts = $state.raw<ItemFacts | null>(null)
  readonly #cache = new ItemFactsCache()
  #firstView: Camera | null = null

  /** Where the hovered sprite is on the screen; null when it is not. */
  readonly spot = $derived.by(() => {
    void this.frames
    return this.hovered < 0 || this.scene === null ? null : this.scene.sprites.at(this.hovered)
  })

  /** The hovered sprite's value of the attribute that colours, in words. */
  readonly note = $derived(
    manifold.coloring === null || this.hovered < 0
      ? ''
      : `${manifold.colorBy}: ${manifold.coloring.words(this.hovered)}`,
  )

  readonly cursor = $derived(
    this.press?.dragged === true && this.press.gesture !== 'box'
      ? 'grabbing'
      : this.spaceHeld
        ? 'grab'
        : this.hovered >= 0
          ? 'pointer'
          : 'default',
  )

  /** Keeps `facts` those of what is hovered. Called while the component is set up. */
  followHovered(): void {
    $effect(() => {
      const item = this.itemAt(this.hovered)
      if (this.hovered < 0 || item < 0) {
        this.facts = null
        return
      }
      this.facts = this.#cache.known(item)
      void this.#cache.of(item).then((told) => {
        if (told !== null && told.item.id === this.itemAt(this.hovered)) this.facts = told
      })
    })
  }

  /** The item of a sprite; -1 for none. */
  itemAt(index: number): number {
    return manifold.shown?.items[index] ?? -1
  }

  /** Sprites of the selected items. */
  get selected(): number[] {
    return selection.items.map((item) => manifold.indexOf(item)).filter((index) => index >= 0)
  }

  /** Selects a sprite's item and takes its latent to the sliders; -1 clears. */
  choose(index: number, adds: boolean): void {
    const item = index < 0 ? null : this.itemAt(index)
    const before = selection.items
    selection.items = afterClick(before, item, adds)
    if (item === null || !selection.hasItem(item)) return
    hints.used('choose')
    void editor.chooseItem(item, this.#cache.known(item)?.item.name ?? null, before)
  }

  /** Flies to where all selected sprites are in view, or all there are. */
  frameSelected(): void {
    const { scene, selected } = this
    scene?.flyTo(scene.framing(selected.length > 0 ? selected : null, scene.camera, this.#covered))
  }

  goHome(): void {
    if (this.scene === null) return
    this.#firstView = this.scene.framing(null, home, this.#covered)
    this.scene.flyTo(this.#firstView)
  }

  /** Shows all of it as one first sees it, at once. */
  takeFirstView(): void {
    if (this.scene === null) return
    this.#firstView = this.scene.framing(null, home, this.#covered)
    this.scene.setCamera(this.#firstView)
  }

  /** Takes the first view again, softly or at once, unless a hand has moved the camera since. */
  keepFirstView(softly: boolean): void {
    if (this.scene === null || this.scene.goal !== this.#firstView) return
    if (softly) this.goHome()
    else this.takeFirstView()
  }

  /** Pixels along the edges that the bar and the hints lie over. */
  get #covered(): Insets {
    return { ...noInsets, top: this.barHeight + edge, bottom: this.hintsHeight + edge }
  }

  clearSelection(): void {
    selection.items = []
    this.hovered = -1
  }
}
