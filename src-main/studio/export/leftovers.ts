/**
 * What an export that was killed leaves beside the exported files: one file under a temporary name. The folder is its
 * user's, so the name is unmistakably ours and says whose process wrote it; the next export there removes it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { lstat, readdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { realDisk, unfinishedSuffix } from '../../project/disk'

const named = /^\.varia-export-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{8}\.unfinished$/
/** On a shared disk nobody can ask another machine whether its process lives: after a day it is taken for dead. */
const patience = 24 * 3600 * 1000

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/** A name for a file that is being written, not used by anybody else. */
export function temporaryName(): string {
  return `.varia-export-${machine}-${String(process.pid)}-${randomBytes(4).toString('hex')}${unfinishedSuffix}`
}

/** Removes what exports of processes that are gone left in a folder. What can't be removed stays. */
export async function removeLeftovers(folder: string, now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const [, writer, process] = named.exec(name) ?? []
    if (writer === undefined || process === undefined) continue
    const path = join(folder, name)
    const file = await lstat(path).catch(() => null)
    if (file === null || !file.isFile()) continue
    const abandoned = writer === machine ? !isAlive(Number(process)) : now - file.mtimeMs > patience
    if (abandoned) await realDisk.remove(path).catch(() => undefined)
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    // Somebody else's process: it is there, but not ours to ask.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
