/** Opens `project.db`: checks that it is one, that it is whole, and of a format this Varia knows. */
import { copyFileSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { VariaError } from '../contract/errors'
import { Database } from './database'
import { type Disk, realDisk, unfinishedSuffix } from './disk'
import { type Migration, migrate, newestVersion } from './migrations'
import { databaseFile, databasePath } from './places'
import { projectDamaged, projectNewer } from './project-errors'
import { checkText } from './text-check'

/** “VARI”: tells SQLite files of ours from others. */
const applicationId = 0x56415249

export interface Identity {
  readonly id: string
  readonly name: string
  readonly version: string
}

/** Opens for writing; makes the tables of a new project, or migrates those of an older one after a backup. */
export async function openForWriting(
  folder: string,
  disk: Disk,
  list: readonly Migration[],
  identity: Identity,
): Promise<Database> {
  const path = databasePath(folder)
  const database = Database.open(path, 'write', { disk })
  try {
    // Durable at each commit, also through a power cut: what the window calls saved is saved.
    database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    const found = checkFormat(database, folder, list)
    if (found === 0) initialise(database, list, identity)
    else if (found < newestVersion(list)) await migrateWithBackup(database, folder, disk, list, found)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Opens for reading. Where SQLite can't read in place (a read-only disk, on which it can't make the shared memory that a
 * write-ahead log needs), it reads a copy in the system's temporary folder; nobody can write to the original then.
 */
export async function openForReading(
  folder: string,
  list: readonly Migration[],
): Promise<{ database: Database; release: () => Promise<void> }> {
  const inPlace = tryToRead(databasePath(folder), folder, list)
  if (inPlace !== null) return { database: inPlace, release: async () => undefined }
  const copy = mkdtempSync(join(tmpdir(), 'varia-read-'))
  for (const name of [databaseFile, `${databaseFile}-wal`]) {
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name))
  }
  const database = Database.open(join(copy, databaseFile), 'write')
  database.execute('PRAGMA query_only = ON')
  checkVersionToRead(database, folder, list)
  return { database, release: () => realDisk.remove(copy).catch(() => undefined) }
}

function tryToRead(path: string, folder: string, list: readonly Migration[]): Database | null {
  let database: Database | null = null
  try {
    database = Database.open(path, 'read')
    checkVersionToRead(database, folder, list)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof VariaError && (error.code === 'disk-error' || error.code === 'project-read-only')) return null
    throw error
  }
}

function checkVersionToRead(database: Database, folder: string, list: readonly Migration[]): void {
  const found = checkFormat(database, folder, list)
  const newest = newestVersion(list)
  if (found === 0) throw projectDamaged(folder, 'its making was never finished')
  if (found < newest) {
    throw new VariaError({
      code: 'project-read-only',
      message: `${folder} was saved by an older Varia (project format ${found}).`,
      remedy: 'Open it for writing once: Varia then brings it up to date and keeps a copy of the old database.',
      subject: folder,
    })
  }
}

/** The format it is of; 0 for a new, empty database. */
function checkFormat(database: Database, folder: string, list: readonly Migration[]): number {
  const found = database.number('PRAGMA user_version')
  const tables = database.number('SELECT count(*) FROM sqlite_schema')
  if (found === 0 && tables === 0) return 0
  if (database.number('PRAGMA application_id') !== applicationId) {
    throw projectDamaged(databasePath(folder), 'it is no database of Varia')
  }
  if (found > newestVersion(list)) throw projectNewer(folder, found, newestVersion(list))
  checkText(database)
  const complaint = database.get('PRAGMA quick_check(1)')
  if (complaint?.quick_check !== 'ok') throw projectDamaged(databasePath(folder), String(complaint?.quick_check))
  return found
}

function initialise(database: Database, list: readonly Migration[], identity: Identity): void {
  database.transaction(() => {
    migrate(database, list)
    database.execute(`PRAGMA application_id = ${applicationId}`)
    const insert = 'INSERT INTO setting (key, value) VALUES (?, ?)'
    database.run(insert, 'id', JSON.stringify(identity.id))
    database.run(insert, 'name', JSON.stringify(identity.name))
    database.run(insert, 'madeBy', JSON.stringify(identity.version))
  })
}

/** The backup is whole under its name before the first change; SQLite writes it, since it knows what is committed. */
async function migrateWithBackup(
  database: Database,
  folder: string,
  disk: Disk,
  list: readonly Migration[],
  found: number,
): Promise<void> {
  const backup = join(folder, `${basename(databaseFile, '.db')}.format-${found}.db`)
  if ((await disk.stat(backup)) === null) {
    await disk.remove(backup + unfinishedSuffix)
    database.run('VACUUM INTO ?', backup + unfinishedSuffix)
    const file = await disk.open(backup + unfinishedSuffix, 'write')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.rename(backup + unfinishedSuffix, backup)
    await disk.syncFolder(folder)
  }
  migrate(database, list)
}
