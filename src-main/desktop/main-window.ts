/** The window: made hidden, shown when there is something to see, kept where it stood, loaded again when it crashes. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { hardenContents, windowPreferences } from './hardening'
import { pageAddress } from './page-protocol'
import { type Bounds, openingBounds, readWindowState, smallestSize, writeWindowState } from './window-state'

export interface MainWindowOptions {
  readonly preload: string
  readonly icon: string
  /** Where its place is kept. */
  readonly stateFile: string
  readonly devTools: boolean
  readonly log: (line: string) => void
}

/** Times a page that crashes is loaded again within a minute. */
const mostReloads = 3

function displays(): Bounds[] {
  const primary = screen.getPrimaryDisplay()
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)].map(({ workArea }) => workArea)
}

/** Opens the window. */
export function openMainWindow({ preload, icon, stateFile, devTools, log }: MainWindowOptions): BrowserWindow {
  const kept = readWindowState(stateFile)
  const window = new BrowserWindow({
    ...openingBounds(kept.bounds, displays()),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'Varia',
    icon,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141416' : '#ffffff',
    webPreferences: windowPreferences(preload, devTools),
  })
  hardenContents(window.webContents, pageAddress)
  if (kept.maximized) window.maximize()
  if (kept.fullScreen) window.setFullScreen(true)
  window.once('ready-to-show', () => {
    window.show()
  })
  window.on('close', () => {
    writeWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    })
  })
  reloadAfterCrash(window, log)
  window.loadURL(pageAddress).catch((error: unknown) => {
    log(`the page could not be loaded: ${String(error)}`)
  })
  return window
}

/** A page that crashed is loaded again: all it showed is the engine's, so nothing is lost (SAFETY row 16). */
function reloadAfterCrash(window: BrowserWindow, log: (line: string) => void): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log(`the page is gone: ${reason} (${exitCode})`)
    const now = Date.now()
    crashes = [...crashes.filter((time) => now - time < 60_000), now]
    if (reason === 'clean-exit' || crashes.length > mostReloads || window.isDestroyed()) return
    window.webContents.reload()
  })
}
