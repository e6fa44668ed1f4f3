/** Electron's own program, which its npm package fetches separately. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'

const folder = path.join(root, 'node_modules', 'electron')
/** Holds why fetching failed; installing the packages anew removes it. */
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
 * Fetches Electron where that is possible, and goes on where it isn't: `whyNoElectron` then tells. That is tried once, so that
 * every later start is quick; `again` tries anew.
 */
export async function ensureElectron({ again = false } = {}) {
  if (findElectron() !== null || process.env.VARIA_SKIP_ELECTRON || (existsSync(failed) && !again)) return
  say('Fetching Electron (about 110 MB, once)…')
  // Its package writes down last where the program lies, so an Electron half unpacked is none, and is unpacked anew.
  let said = ''
  const status = await runCommand(process.execPath, [path.join(folder, 'install.js')], {
    cwd: folder,
    timeoutMs: 15 * 60_000,
    quiet: true,
    onFailure: (output) => {
      said = output
    },
  })
  rmSync(failed, { force: true })
  if (status === 0 && findElectron() !== null) return
  writeFileSync(failed, reasonIn(said))
}

/** Why there is no Electron, and how to get it, as a part of a sentence. */
export function whyNoElectron() {
  const named = process.env.VARIA_ELECTRON
  if (named) return `VARIA_ELECTRON names ${named}, which is not there`
  const reason = existsSync(failed) ? readFileSync(failed, 'utf8') : ''
  if (reason === '') return 'there is no Electron here; npm run setup fetches it'
  return `there is no Electron here (${reason}); npm run setup tries again`
}

/** What went wrong in a few words: Electron's installer prints a stack, in which a closed network is only a failed fetch. */
function reasonIn(said) {
  const error = said.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? ''
  const words = error.replace(/^\w*Error: ?/, '').trim()
  if (!/^fetch failed$|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT/.test(words)) return words || 'its download did not end'
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror
  return `${mirror ?? 'github.com'} could not be reached`
}
