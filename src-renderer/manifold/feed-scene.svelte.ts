/** Keeps a view's scene in step with the window: its room, its theme, the items, where they lie, how they are marked. */
import { untrack } from 'svelte'
import { preferences } from '../app/preferences.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { layoutAtlas } from './atlas-layout'
import { loadAtlas } from './atlas-loader'
import { naturalSpriteSize } from './layout'
import { manifold, type ShownMap } from './manifold-state.svelte'
import { themeColors } from './theme-colors'
import type { View } from './view.svelte'

/** Called while the component is set up; `canvas` is where the theme's colours are read, `active` whether it is in sight. */
export function feedScene(view: View, canvas: () => HTMLCanvasElement | null, active: () => boolean): void {
  const items = $derived(manifold.shown?.items ?? null)
  const side = $derived(session.project?.collection?.framing.size ?? 64)
  const channels = $derived(session.project?.collection?.channels ?? 3)
  let placed = false
  /** The layout that the view was framed for. */
  let framed: ShownMap | null = null

  $effect(() => {
    if (view.width > 0 && view.height > 0) view.scene?.resize(view.width, view.height, window.devicePixelRatio)
  })

  $effect(() => {
    void preferences.shownTheme
    // The theme's attribute is set by another effect; its colours hold from the next frame on.
    const handle = requestAnimationFrame(() => {
      const drawn = canvas()
      if (drawn !== null) view.scene?.setColors(themeColors(drawn))
    })
    return () => cancelAnimationFrame(handle)
  })

  // A new scene or other items mean a new atlas.
  $effect(() => {
    void session.epoch
    const { scene } = view
    if (scene === null || items === null) return
    const layout = layoutAtlas(items.length, channels, side)
    scene.setItems({ count: items.length, channels, layout })
    const stopped = new AbortController()
    view.loading = true
    loadAtlas(
      layout,
      items.length,
      (what) => session.call('collection.atlas', what),
      (offset, stack) => scene.addPictures(offset, stack),
      stopped.signal,
    )
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) toasts.fail(error)
      })
      .finally(() => {
        if (!stopped.signal.aborted) view.loading = false
      })
    placed = false
    framed = null
    return () => stopped.abort()
  })

  // The first positions hold at once, others are moved to softly.
  $effect(() => {
    void session.epoch
    const { scene } = view
    const { shown } = manifold
    if (scene === null || shown === null) return
    const first = !placed
    placed = true
    scene.moveTo(shown.positions, !first)
  })

  $effect(() => {
    view.scene?.setSize(naturalSpriteSize(items?.length ?? 0) * manifold.spriteScale)
  })

  // The first view, as soon as there is room for it; until a hand moves it, it follows layout and room. What floats over it
  // may come and go without moving it.
  $effect(() => {
    void session.epoch
    const { shown } = manifold
    if (view.scene === null || shown === null || view.width === 0 || view.height === 0 || view.barHeight === 0) return
    const before = framed
    framed = shown
    untrack(() => {
      if (before === null) view.takeFirstView()
      else view.keepFirstView(shown !== before)
    })
  })

  $effect(() => {
    void items
    void session.epoch
    const { coloring, isolated } = manifold
    const faded = coloring === null || isolated === null ? null : (n: number) => coloring.entries(n) !== isolated
    view.scene?.setTints(coloring?.colors ?? null, faded)
  })

  $effect(() => {
    void items
    void session.epoch
    view.scene?.setMarks(view.selected, view.hovered)
  })

  // Hidden: nothing is drawn, nothing hovers, no key is held.
  $effect(() => {
    if (view.scene !== null) view.scene.visible = active()
    if (active()) return
    view.hovered = -1
    view.spaceHeld = false
  })
}
