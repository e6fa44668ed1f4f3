/** What keys do to the variants on the board. */
import type { VariantId } from '../../src-main/contract/variant'
import { selection } from '../app/selection.svelte'
import { board } from './board-state.svelte'
import { targetsOf } from './choosing'

/** Handles a key pressed on a variant; `rename` begins to type its name. */
export function handleKey(event: KeyboardEvent, focused: VariantId | undefined, rename: (id: VariantId) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const action = actionOf(event.key, focused, rename)
  if (action === null) return
  event.preventDefault()
  action()
}

function actionOf(key: string, focused: VariantId | undefined, rename: (id: VariantId) => void): (() => void) | null {
  const chosen = selection.variants
  const ids = targetsOf(chosen, focused)
  if (/^[0-5]$/.test(key)) return () => void board.rate(ids, Number(key))
  if (key === '.') return () => void board.toggleStar(ids)
  if (key === 'Delete' || key === 'Backspace') return () => void board.remove(ids)
  if (key === 'F2' && focused !== undefined) return () => rename(focused)
  if (key === 'Escape' && chosen.length > 0) return () => (selection.variants = [])
  return null
}
