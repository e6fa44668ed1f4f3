/** Folders that exist only while set-up runs. Their names hold its process id, so that a later run can tell the dead ones. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../places.mjs'
import { packageFolder } from './tfjs-node.mjs'

const prefix = '.varia-native-'
const parents = () => [cacheFolder(), path.dirname(packageFolder), packageFolder]

/** A new empty folder under one of the places that {@link removeTemporaries} looks through. */
export function temporaryFolder(parent, purpose) {
  const folder = path.join(parent, `${prefix}${process.pid}-${purpose}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Removes what this run or one that was killed left behind; never what another living run works in. */
export function removeTemporaries() {
  for (const parent of parents()) {
    if (!existsSync(parent)) continue
    for (const name of readdirSync(parent)) {
      const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : NaN
      if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) continue
      rmSync(path.join(parent, name), { recursive: true, force: true })
    }
  }
}

/** After Ctrl-C: give the running command a moment to end, clean up, go. */
export function onInterrupt() {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ]) {
    process.once(signal, () => {
      setTimeout(() => {
        removeTemporaries()
        process.exit(128 + number)
      }, 300)
    })
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
