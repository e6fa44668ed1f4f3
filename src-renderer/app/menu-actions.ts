/** What the native menu asks for, as the commands they are. */
import type { MenuAction } from '../../src-main/contract/bridge'
import { commands } from './commands.svelte'
import { runCommand } from './keyboard'

const commandOf: Record<MenuAction, string> = {
  'new-project': 'new-project',
  'open-project': 'open-project',
  'close-project': 'close-project',
  'add-pictures': 'add-pictures',
  export: 'export',
  undo: 'undo',
  redo: 'redo',
  commands: 'commands',
  settings: 'settings',
  shortcuts: 'shortcuts',
  doctor: 'doctor',
  'show-collection': 'go-collection',
  'show-training': 'go-training',
  'show-manifold': 'go-manifold',
  'show-board': 'go-board',
  'theme-dark': 'theme-dark',
  'theme-light': 'theme-light',
  'theme-system': 'theme-system',
}

/** Runs it if it can be done now. */
export function runMenuAction(action: MenuAction): void {
  const command = commands.available.find(({ id }) => id === commandOf[action])
  if (command !== undefined) runCommand(command)
}
