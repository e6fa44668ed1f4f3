/** The bundles in `out/`: built again when a source is newer than they are. */
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'

const stamp = path.join(root, 'out', '.built')
const sources = [
  'src-main',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'tsconfig.base.json',
]

function newest(place) {
  const { mtimeMs } = statSync(place)
  if (!statSync(place).isDirectory()) return mtimeMs
  // A folder's own time tells of files that were removed.
  return readdirSync(place).reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), mtimeMs)
}

/** Whether `out/` is as new as its sources. An installed package has no sources and is always built. */
export function isBuilt() {
  if (!existsSync(path.join(root, 'src-main'))) return true
  if (!existsSync(stamp)) return false
  const built = statSync(stamp).mtimeMs
  return sources.every((name) => !existsSync(path.join(root, name)) || newest(path.join(root, name)) <= built)
}

export async function ensureBuilt() {
  if (isBuilt()) return
  say('Building the application…')
  rmSync(stamp, { force: true })
  const cli = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const status = await runCommand(process.execPath, [cli, 'build'], { cwd: root, quiet: true })
  if (status !== 0) throw new Error('The build failed; what it said is above.')
  writeFileSync(stamp, '')
}
