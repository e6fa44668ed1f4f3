/** Choosing items with pointer and keys, the same in grid and table. */
import type { ItemRef } from '../../src-main/contract/collection'
import { editor } from '../editor/editor-state.svelte'
import { selection } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import type { Items } from './items.svelte'

/** Where a range that Shift extends began. */
let anchor = 0

/** Plain: this one; Mod: this one too, or no longer; Shift: all from the last one to this one. */
export function chooseItem(items: Items, index: number, event: MouseEvent | KeyboardEvent): void {
  const item = items.at(index)
  if (item === undefined) return
  if (event.shiftKey) {
    selection.items = items.between(anchor, index).map(({ id }) => id)
    return
  }
  anchor = index
  if (event.ctrlKey || event.metaKey) {
    selection.toggleItem(item.id)
    return
  }
  selection.items = [item.id]
  showItem(item)
}

/** Gives the editor the item's latent, where something was learned that has latents. */
export function showItem(item: ItemRef): void {
  if ((session.run?.checkpoint ?? null) === null) return
  void editor.chooseItem(item.id, item.name)
}

/** Rates with keys 0 to 5: all that are selected if the focused one is among them, else the focused one. */
export function rateByKey(items: Items, index: number, event: KeyboardEvent): void {
  if (!/^[0-5]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
  const item = items.at(index)
  if (item === undefined) return
  // The same keys switch workspaces elsewhere.
  event.preventDefault()
  const ids = selection.hasItem(item.id) ? selection.items : [item.id]
  items.rate(ids, Number(event.key)).catch((error: unknown) => toasts.fail(error))
}
