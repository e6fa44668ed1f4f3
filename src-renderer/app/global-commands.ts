/** Commands that hold everywhere. Workspaces add their own while they are mounted. */
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark'
import Cpu from '@lucide/svelte/icons/cpu'
import FolderOpen from '@lucide/svelte/icons/folder-open'
import ImagePlus from '@lucide/svelte/icons/image-plus'
import Moon from '@lucide/svelte/icons/moon'
import PanelRight from '@lucide/svelte/icons/panel-right'
import Plus from '@lucide/svelte/icons/plus'
import Redo2 from '@lucide/svelte/icons/redo-2'
import SettingsIcon from '@lucide/svelte/icons/settings'
import Sun from '@lucide/svelte/icons/sun'
import Undo2 from '@lucide/svelte/icons/undo-2'
import { draft } from '../collection/import-draft.svelte'
import { pickAndAdd, pickAttributes, pickFolder } from '../collection/sources'
import type { Command } from './commands.svelte'
import { history } from './history.svelte'
import { navigation } from './navigation.svelte'
import { preferences } from './preferences.svelte'
import { closeProject, pickProject } from './projects'
import { session } from './session.svelte'
import { workspaces } from './workspaces'

const hasProject = (): boolean => session.project !== null
const canWrite = (): boolean => session.project !== null && session.project.readOnly === null

export function globalCommands(): Command[] {
  const places = workspaces.map((workspace): Command => ({
    id: `go-${workspace.id}`,
    title: workspace.title,
    group: 'Go to',
    icon: workspace.icon,
    keys: [workspace.key, `Mod+${workspace.key}`],
    available: hasProject,
    run: () => {
      draft.cancel()
      navigation.go(workspace.id)
    },
  }))
  return [
    ...places,
    { id: 'new-project', title: 'New from a folder…', group: 'Project', icon: Plus, keys: ['Mod+N'], run: pickFolder },
    {
      id: 'open-project',
      title: 'Open project…',
      group: 'Project',
      icon: FolderOpen,
      keys: ['Mod+O'],
      run: pickProject,
    },
    { id: 'close-project', title: 'Close project', group: 'Project', available: hasProject, run: closeProject },
    {
      id: 'add-pictures',
      title: 'Add pictures…',
      group: 'Collection',
      icon: ImagePlus,
      available: canWrite,
      run: pickAndAdd,
    },
    {
      id: 'add-attributes',
      title: 'Join a table of attributes (CSV)…',
      group: 'Collection',
      available: canWrite,
      run: pickAttributes,
    },
    {
      id: 'undo',
      title: 'Undo',
      group: 'View',
      icon: Undo2,
      keys: ['Mod+Z'],
      available: () => history.canUndo,
      run: () => history.undo(),
    },
    {
      id: 'redo',
      title: 'Redo',
      group: 'View',
      icon: Redo2,
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      available: () => history.canRedo,
      run: () => history.redo(),
    },
    {
      id: 'commands',
      title: 'Search or do something',
      group: 'Help',
      keys: ['Mod+K'],
      listed: false,
      run: () => {
        navigation.commandsOpen = true
      },
    },
    {
      id: 'toggle-editor',
      title: 'Show or hide the editor',
      group: 'View',
      icon: PanelRight,
      keys: ['Mod+B'],
      available: hasProject,
      run: () => {
        preferences.editorOpen = !preferences.editorOpen
      },
    },
    {
      id: 'theme-light',
      title: 'Light theme',
      group: 'View',
      icon: Sun,
      run: () => void (preferences.theme = 'light'),
    },
    { id: 'theme-dark', title: 'Dark theme', group: 'View', icon: Moon, run: () => void (preferences.theme = 'dark') },
    { id: 'theme-system', title: 'Theme of the system', group: 'View', run: () => void (preferences.theme = 'system') },
    {
      id: 'settings',
      title: 'Settings',
      group: 'View',
      icon: SettingsIcon,
      keys: ['Mod+,'],
      run: () => toggle('settings'),
    },
    {
      id: 'shortcuts',
      title: 'Keys',
      group: 'Help',
      icon: CircleQuestionMark,
      keys: ['?'],
      run: () => toggle('shortcuts'),
    },
    { id: 'doctor', title: 'What computes here, and how fast', group: 'Help', icon: Cpu, run: () => toggle('doctor') },
  ]
}

function toggle(sheet: 'settings' | 'shortcuts' | 'doctor'): void {
  navigation.sheet = navigation.sheet === sheet ? null : sheet
}
