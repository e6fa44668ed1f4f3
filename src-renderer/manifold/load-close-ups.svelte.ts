/** Fetches whole pictures of the designs that are large on the screen, once the view has come to rest. */
import { session } from '../app/session.svelte'
import { manifold } from './manifold-state.svelte'
import type { View } from './view.svelte'

/** Milliseconds without a frame after which the view counts as at rest. */
const rest = 140

/** Called while the component is set up. */
export function loadCloseUps(view: View): void {
  const side = $derived(session.project?.collection?.framing.size ?? 0)
  let asked = 0

  async function load(): Promise<void> {
    const { scene } = view
    const items = manifold.shown?.items
    if (scene === null || items === undefined || session.state !== 'ready') return
    const missing = scene.wantedCloseUps(side)
    if (missing.length === 0) return
    const mine = ++asked
    try {
      const pictures = await session.call('collection.pictures', { ids: missing.map((index) => items[index] ?? 0) })
      // Meanwhile another place may have come into view, or another collection.
      if (mine !== asked || manifold.shown?.items !== items || view.scene !== scene) return
      scene.addCloseUps(missing, pictures)
    } catch {
      // The small pictures stay: nothing is lost but sharpness, and the next move asks again.
    }
  }

  $effect(() => {
    void view.frames
    if (view.scene === null) return
    const timer = setTimeout(() => void load(), rest)
    return () => clearTimeout(timer)
  })
}
