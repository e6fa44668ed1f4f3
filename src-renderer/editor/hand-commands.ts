/** Commands of the hand that works on the current latent; registered as long as there is a run to work with. */
import Dices from '@lucide/svelte/icons/dices'
import Pin from '@lucide/svelte/icons/pin'
import RotateCcw from '@lucide/svelte/icons/rotate-ccw'
import Share from '@lucide/svelte/icons/share'
import type { Command } from '../app/commands.svelte'
import { navigation } from '../app/navigation.svelte'
import { selection } from '../app/selection.svelte'
import { session } from '../app/session.svelte'
import { board } from '../board/board-state.svelte'
import { exporting } from '../export/export-state.svelte'
import { editor } from './editor-state.svelte'

const hasRun = (): boolean => session.run !== null
const canWrite = (): boolean => session.project !== null && session.project.readOnly === null

/** What Mod+E offers first: selected variants on the board, else the design in the editor, else the collection's numbers. */
export function openExport(): void {
  if (navigation.workspace === 'board') exporting.show('variants')
  else if (selection.current !== null) exporting.show('point')
  else exporting.show('latents')
}

export function handCommands(): Command[] {
  return [
    {
      id: 'pin',
      title: 'Pin this design to the board',
      group: 'Editor',
      icon: Pin,
      keys: ['P'],
      available: () => selection.current !== null && canWrite(),
      run: async () => void (await board.pin()),
    },
    {
      id: 'randomise',
      title: 'Randomise the unlocked sliders',
      group: 'Editor',
      icon: Dices,
      keys: ['R'],
      available: hasRun,
      run: () => editor.randomise(),
    },
    {
      id: 'reset-sliders',
      title: 'Reset the sliders',
      group: 'Editor',
      icon: RotateCcw,
      available: () => editor.bent,
      run: () => editor.resetAll(),
    },
    {
      id: 'switch-basis',
      title: 'Switch between single and combined sliders',
      group: 'Editor',
      available: () => selection.current !== null,
      run: () => {
        editor.basis = editor.basis === 'raw' ? 'principal' : 'raw'
      },
    },
    {
      id: 'export',
      title: 'Export…',
      group: 'Board',
      icon: Share,
      keys: ['Mod+E'],
      available: hasRun,
      run: openExport,
    },
  ]
}
