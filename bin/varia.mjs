#!/usr/bin/env node
/** `varia`: runs the built command line, building it first where that has not been done. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bundle = join(root, 'out', 'main', 'cli.cjs')

if (!existsSync(bundle)) {
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(builder)) {
    process.stderr.write(`Varia is not set up yet.\nRun npm run setup in ${root}, then try again.\n`)
    process.exit(1)
  }
  process.stderr.write('Building Varia, once…\n')
  // Its output goes to stderr: stdout belongs to the command.
  const built = spawnSync(process.execPath, [builder, 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) {
    process.stderr.write('Varia could not be built.\nRun npm start in its folder, which says what is missing.\n')
    process.exit(1)
  }
}
createRequire(import.meta.url)(bundle)
