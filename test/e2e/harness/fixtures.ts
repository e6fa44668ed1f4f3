/**
 * What end-to-end tests start from. `desktop` and `studio` are started for a test and cleaned up after it; where Electron or
 * a browser is missing the test is skipped with a word on what to install, unless `VARIA_E2E=required`.
 */
import { type Page, test as base } from '@playwright/test'
import { type Desktop, type DesktopOptions, freshFolder, launchDesktop, removeFolder } from './desktop'
import { chromiumProgram, electronProgram, hasDisplay, required } from './places'
import { openPage, startBrowser, startServer } from './server'

export type Door = 'desktop' | 'server'
export const doors: readonly Door[] = ['desktop', 'server']

/** A studio behind one of its doors, seen through a page. */
export interface OpenStudio {
  readonly door: Door
  readonly page: Page
  /** With `data` and `projects`. */
  readonly folder: string
}

interface Fixtures {
  /** A folder for a test's own files. */
  folder: string
  /** Starts the desktop application; every one that was started is closed after the test. */
  launch: (options?: DesktopOptions) => Promise<Desktop>
  /** The desktop application, started afresh. */
  desktop: Desktop
  /** Opens a fresh studio behind a door. */
  openStudio: (door: Door) => Promise<OpenStudio>
}

function need(there: boolean, what: string): void {
  base.skip(!there && !required, `${what} is missing; what to install is said above`)
}

export const test = base.extend<Fixtures>({
  // Playwright reads the parameter's pattern.
  folder: async ({}, use) => {
    const folder = freshFolder()
    await use(folder)
    removeFolder(folder)
  },
  launch: async ({ folder }, use, info) => {
    need(electronProgram() !== null, 'Electron')
    need(hasDisplay(), 'a display')
    const started: Desktop[] = []
    await use(async (options = {}) => {
      const desktop = await launchDesktop({ folder, ...options })
      started.push(desktop)
      return desktop
    })
    for (const desktop of started) {
      if (info.status !== info.expectedStatus) await info.attach('output', { body: desktop.output() })
      await desktop.close().catch(() => undefined)
    }
  },
  desktop: async ({ launch }, use) => {
    await use(await launch())
  },
  openStudio: async ({ folder, launch }, use) => {
    const ends: (() => Promise<void>)[] = []
    await use(async (door) => {
      if (door === 'desktop') return { door, page: (await launch()).page, folder }
      need(chromiumProgram() !== null, 'Chromium')
      const served = await startServer(folder)
      ends.unshift(served.close)
      const browser = await startBrowser()
      ends.unshift(() => browser.close())
      return { door, page: await openPage(browser, served.address), folder }
    })
    for (const end of ends) await end()
  },
})

export { expect } from '@playwright/test'
