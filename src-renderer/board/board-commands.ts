/** Commands on the board's selected variants. */
import Pencil from '@lucide/svelte/icons/pencil'
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal'
import Star from '@lucide/svelte/icons/star'
import Trash2 from '@lucide/svelte/icons/trash'
import type { VariantId } from '../../src-main/contract/variant'
import type { Command } from '../app/commands.svelte'
import { selection } from '../app/selection.svelte'
import { board } from './board-state.svelte'

export interface BoardHands {
  /** Begins to type a variant's name. */
  rename(id: VariantId): void
}

export function boardCommands({ rename }: BoardHands): Command[] {
  const chosen = (): boolean => selection.variants.length > 0
  return [
    {
      id: 'star-variants',
      title: 'Star the selected variants',
      group: 'Board',
      icon: Star,
      keys: ['.'],
      workspace: 'board',
      available: chosen,
      run: () => board.toggleStar(selection.variants),
    },
    {
      id: 'edit-variant',
      title: 'Back to the sliders of the selected variant',
      group: 'Board',
      icon: SlidersHorizontal,
      workspace: 'board',
      available: chosen,
      run: () => {
        const variant = board.byId(selection.variants.at(-1))
        if (variant !== null) board.edit(variant)
      },
    },
    {
      id: 'rename-variant',
      title: 'Rename the selected variant',
      group: 'Board',
      icon: Pencil,
      keys: ['F2'],
      workspace: 'board',
      available: chosen,
      run: () => {
        const id = selection.variants.at(-1)
        if (id !== undefined) rename(id)
      },
    },
    {
      id: 'delete-variants',
      title: 'Delete the selected variants',
      group: 'Board',
      icon: Trash2,
      keys: ['Delete'],
      workspace: 'board',
      available: chosen,
      run: () => board.remove(selection.variants),
    },
    {
      id: 'select-all-variants',
      title: 'Select all variants',
      group: 'Board',
      keys: ['Mod+A'],
      workspace: 'board',
      available: () => board.shown.length > 0,
      run: () => {
        selection.variants = board.shown.map((variant) => variant.id)
      },
    },
  ]
}
