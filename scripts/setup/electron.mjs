/** Electron's own program, which its npm package fetches separately. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'

const folder = path.join(root, 'node_modules', 'electron')
/** Lies there when fetching failed; installing the packages anew removes it. */
const failed = path.join(root, 'node_modules', '.varia-no-electron')

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

/**
 * Fetches Electron where that is possible; says so and goes on where it isn't. That is tried once, so that every later start
 * is quick; `again` tries anew.
 */
export async function ensureElectron({ again = false } = {}) {
  if (findElectron() !== null || process.env.VARIA_SKIP_ELECTRON || (existsSync(failed) && !again)) return
  say('Fetching Electron (about 110 MB, once)…')
  // Its package writes down last where the program lies, so an Electron half unpacked is none, and is unpacked anew.
  const status = await runCommand(process.execPath, [path.join(folder, 'install.js')], {
    cwd: folder,
    timeoutMs: 15 * 60_000,
    quiet: true,
  })
  rmSync(failed, { force: true })
  if (status === 0 && findElectron() !== null) return
  writeFileSync(failed, '')
  say('Electron could not be fetched: check that github.com can be reached, then npm run setup.')
}
