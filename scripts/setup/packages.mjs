/** The npm packages: installed once for each lock file. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'

const stamp = path.join(root, 'node_modules', '.varia-installed')

function wanted() {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) hash.update(readFileSync(path.join(root, name)))
  return hash.digest('hex')
}

/**
 * Installs what the lock file names, unless that has been done. The stamp is written last, so an installation that was
 * broken off is done again.
 */
export async function ensurePackages() {
  const want = wanted()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  say('Installing packages (a minute or two, once)…')
  const status = await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    quiet: true,
  })
  if (status === 127)
    throw new Error('npm was not found. It comes with Node.js: install Node.js 20.19 or later and try again.')
  if (status !== 0)
    throw new Error('npm could not install the packages; what it said is above. Check the network and try again.')
  writeFileSync(stamp, want)
}
