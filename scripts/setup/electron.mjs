/** Electron's own program, which its npm package fetches separately. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'

const folder = path.join(root, 'node_modules', 'electron')

/** The path of Electron's program, or null where it isn't installed. `VARIA_ELECTRON` names another one. */
export function findElectron() {
  const named = process.env.VARIA_ELECTRON
  if (named) return existsSync(named) ? named : null
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = path.join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'),
    readFileSync(pathFile, 'utf8'),
  )
  return existsSync(program) ? program : null
}

/** Fetches Electron where that is possible; says so and goes on where it isn't. */
export async function ensureElectron() {
  if (findElectron() !== null || process.env.VARIA_SKIP_ELECTRON) return
  say('Fetching Electron (about 110 MB, once)…')
  // Unpacked by its package into a temporary folder first, so a broken download leaves nothing half-made.
  const status = await runCommand(process.execPath, [path.join(folder, 'install.js')], {
    cwd: folder,
    timeoutMs: 15 * 60_000,
    quiet: true,
  })
  if (status !== 0 || findElectron() === null) {
    say('Electron could not be fetched, so there is no desktop window: the studio opens in a browser instead.')
    say('  To get the window, check the network (github.com must be reachable) and start again.')
  }
}
