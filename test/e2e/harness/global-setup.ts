/**
 * Before all end-to-end tests: the application is built, there are an Electron, a browser and a display, or it is said what to
 * install. This is the one place that looks for them.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumProgram, electronProgram, hasDisplay, required, root } from './places'

/** Starts an X server without a screen where there is none; it says its number on the pipe. */
function startDisplay(): Promise<ChildProcess | null> {
  return new Promise((resolve) => {
    // A number of its own, so that two runs at a time don't race for the first free one.
    const own = `:${String(100 + (process.pid % 10_000))}`
    const server = spawn('Xvfb', [own, '-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    server.on('error', () => resolve(null))
    server.on('exit', () => resolve(null))
    let said = ''
    server.stdio[3]?.on('data', (text: Buffer) => {
      said += text.toString()
      if (!said.endsWith('\n')) return
      process.env['DISPLAY'] = `:${said.trim()}`
      resolve(server)
    })
  })
}

/** What can't be tested here, and what to install for it. */
function missing(): string[] {
  const lacking: string[] = []
  if (electronProgram({ fetch: true }) === null) lacking.push('Electron (npx install-electron)')
  if (chromiumProgram() === null) {
    lacking.push('a Chromium or Chrome (on Debian: apt install chromium; elsewhere set VARIA_CHROMIUM)')
  }
  if (!hasDisplay()) lacking.push('a display, or Xvfb (on Debian: apt install xvfb)')
  return lacking
}

/** @throws Error where something is missing and must not be (`VARIA_E2E=required`) */
export default async function globalSetup(): Promise<() => void> {
  if (!existsSync(join(root, 'out', 'main', 'desktop.cjs'))) {
    const built = spawnSync('npx', ['electron-vite', 'build'], { cwd: root, stdio: 'inherit' })
    if (built.status !== 0) throw new Error('The application could not be built.')
  }
  const display = hasDisplay() ? null : await startDisplay()
  const lacking = missing()
  for (const what of lacking) process.stderr.write(`  missing: ${what}\n`)
  if (required && lacking.length > 0) {
    display?.kill()
    throw new Error(`The end-to-end tests can't run without ${lacking.join(', ')}.`)
  }
  return () => {
    display?.kill()
  }
}
