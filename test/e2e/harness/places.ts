/** The programs that the tests drive, and where the built application lies. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The checkout; Playwright runs in it. */
export const root = resolve('.')

function firstThere(places: readonly (string | undefined)[]): string | null {
  return places.find((place) => place !== undefined && place !== '' && existsSync(place)) ?? null
}

/** An Electron: the one that is named, else the one that `scripts/setup/test-electron.mjs` made. */
export function electronProgram(): string | null {
  const cache = process.env['VARIA_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'varia')
  return firstThere([process.env['VARIA_ELECTRON'], join(cache, 'electron-22.3.25', 'electron')])
}

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
