/** The native menu. What the system knows is a role; what Varia knows is told to the window, which has the same keys. */
import type { MenuItemConstructorOptions } from 'electron'
import { type MenuAction } from '../contract/bridge'

/** Calls back with what was chosen. */
type Choose = (action: MenuAction) => void

/**
 * The menu for a platform. The window handles its keys itself (a browser has no menu), so here they are only shown:
 * `registerAccelerator` is off, and on a Mac the window sees a key before the menu does.
 */
export function menuTemplate(platform: NodeJS.Platform, choose: Choose): MenuItemConstructorOptions[] {
  const item = (label: string, action: MenuAction, accelerator?: string): MenuItemConstructorOptions => ({
    id: action,
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      choose(action)
    },
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const mac = platform === 'darwin'
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,')
  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  }
  return [
    ...(mac ? [application] : []),
    {
      label: 'File',
      submenu: [
        item('New Project…', 'new-project', 'CmdOrCtrl+N'),
        item('Open Project…', 'open-project', 'CmdOrCtrl+O'),
        { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }], visible: mac },
        item('Close Project', 'close-project'),
        line,
        item('Add Pictures…', 'add-pictures'),
        item('Export…', 'export', 'CmdOrCtrl+E'),
        line,
        ...(mac ? [{ role: 'close' as const }] : [settings, line, { role: 'quit' as const }]),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', 'Shift+CmdOrCtrl+Z'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        item('Search and Commands…', 'commands', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('Collection', 'show-collection', '1'),
        item('Training', 'show-training', '2'),
        item('Manifold', 'show-manifold', '3'),
        item('Board', 'show-board', '4'),
        line,
        {
          label: 'Appearance',
          submenu: [item('Dark', 'theme-dark'), item('Light', 'theme-light'), item('Like the System', 'theme-system')],
        },
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [item('Keyboard Shortcuts', 'shortcuts', '?'), item('What Computes Here…', 'doctor')],
    },
  ]
}
