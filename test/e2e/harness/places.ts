/** The programs that the tests drive, and where the built application lies. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The checkout; Playwright runs in it. */
export const root = resolve('.')

function firstThere(places: readonly (string | undefined)[]): string | null {
  return places.find((place) => place !== undefined && place !== '' && existsSync(place)) ?? null
}

/** An Electron: the one that is named, else the one that set-up knows of, which it also fetches where that is asked for. */
export function electronProgram({ fetch = false } = {}): string | null {
  const named = firstThere([process.env['VARIA_ELECTRON']])
  if (named !== null) return named
  const script = join(root, 'scripts', 'setup', 'test-electron.mjs')
  const told = spawnSync(process.execPath, [script, ...(fetch ? [] : ['--no-fetch'])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (told.status !== 0) return null
  // Kept for the processes that run the tests, and for the next who asks here.
  process.env['VARIA_ELECTRON'] = told.stdout.trim()
  return firstThere([process.env['VARIA_ELECTRON']])
}

/** Whether a window can be opened. */
export const hasDisplay = (): boolean => process.platform !== 'linux' || Boolean(process.env['DISPLAY'])

/** A Chromium or Chrome. */
export function chromiumProgram(): string | null {
  return firstThere([
    process.env['VARIA_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ])
}

/** Whether a missing program is a failure rather than a skip. */
export const required = process.env['VARIA_E2E'] === 'required'

/** Chromium refuses its sandbox to root. */
export const sandboxFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
