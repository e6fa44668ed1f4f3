/** Before all end-to-end tests: the application is built, and there is a display for its window. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places'

/** Starts an X server without a screen where there is none; it says its number on the pipe. */
function startDisplay(): Promise<ChildProcess | null> {
  return new Promise((resolve) => {
    // A number of its own, so that two runs at a time don't race for the first free one.
    const own = `:${String(100 + (process.pid % 10_000))}`
    const server = spawn('Xvfb', [own, '-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    server.on('error', () => resolve(null))
    let said = ''
    server.stdio[3]?.on('data', (text: Buffer) => {
      said += text.toString()
      if (!said.endsWith('\n')) return
      process.env['DISPLAY'] = `:${said.trim()}`
      resolve(server)
    })
  })
}

export default async function globalSetup(): Promise<() => void> {
  if (!existsSync(join(root, 'out', 'main', 'desktop.cjs'))) {
    const built = spawnSync('npx', ['electron-vite', 'build'], { cwd: root, stdio: 'inherit' })
    if (built.status !== 0) throw new Error('The application could not be built.')
  }
  const needsDisplay = process.platform === 'linux' && !process.env['DISPLAY']
  const display = needsDisplay ? await startDisplay() : null
  return () => {
    display?.kill()
  }
}
