/** Commands of the manifold; they hold while it is in front. */
import Focus from '@lucide/svelte/icons/focus'
import House from '@lucide/svelte/icons/house'
import type { Command } from '../app/commands.svelte'
import { selection } from '../app/selection.svelte'
import { manifold } from './manifold-state.svelte'

export interface ManifoldHands {
  frame(): void
  home(): void
  clear(): void
}

export function manifoldCommands({ frame, home, clear }: ManifoldHands): Command[] {
  const here = { group: 'Manifold', workspace: 'manifold' } as const
  return [
    { ...here, id: 'frame', title: 'Frame the selected designs, or all', icon: Focus, keys: ['F'], run: frame },
    { ...here, id: 'home', title: 'First view', icon: House, keys: ['Home'], run: home },
    {
      ...here,
      id: 'clear-selection',
      title: 'Select nothing',
      keys: ['Escape'],
      available: () => selection.items.length > 0,
      run: clear,
    },
    { ...here, id: 'layout-space', title: 'Layout: space', run: () => void (manifold.method = 'pca') },
    { ...here, id: 'layout-neighbours', title: 'Layout: neighbours', run: () => void (manifold.method = 'umap') },
  ]
}
