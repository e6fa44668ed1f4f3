/**
 * `npm run setup`: everything between a fresh clone and a running studio. Each step looks first whether it has been done,
 * so running it again costs a moment.
 */
import { existsSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './setup/build.mjs'
import { ensureElectron, findElectron, whyNoElectron } from './setup/electron.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { root } from './setup/places.mjs'
import { runCommand } from './setup/run-command.mjs'
import { say } from './setup/say.mjs'

const oldest = [20, 19]

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  throw new Error(
    `Varia needs Node.js ${oldest.join('.')} or later; this is ${process.versions.node}. Install a newer one and try again.`,
  )
}

/** The native backend is tried once for each installation of the packages; `npm run setup:native` tries again. */
async function ensureNative() {
  const tried = path.join(root, 'node_modules', '.varia-native')
  const installed = path.join(root, 'node_modules', '.varia-installed')
  if (existsSync(tried) && statSync(tried).mtimeMs >= statSync(installed).mtimeMs) return
  const status = await runCommand(process.execPath, [path.join(root, 'scripts', 'setup', 'native.mjs')], { cwd: root })
  // It ends with 0 whether it could or not; anything else was broken off, and is tried again.
  if (status === 0) writeFileSync(tried, '')
}

/**
 * Brings the checkout to where it can run. `electron` also fetches the desktop window's program; `again` tries that anew where
 * it failed before.
 */
export async function setUp({ electron = false, again = false } = {}) {
  checkNode()
  await ensurePackages()
  await ensureNative()
  if (electron) await ensureElectron({ again })
  await ensureBuilt()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await setUp({ electron: true, again: true })
    if (findElectron() === null) say(`No window: ${whyNoElectron()}. Until then Varia opens in a browser.`)
    say('Varia is ready: npm start')
  } catch (error) {
    say(error.message)
    process.exit(1)
  }
}
