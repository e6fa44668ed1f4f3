/** Opens, makes, migrates and recovers projects. */
import { randomUUID } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { VariaError } from '../contract/errors'
import { type CheckpointLimits, defaultCheckpointLimits } from './checkpoint-retention'
import { type Database } from './database'
import { type Disk, realDisk } from './disk'
import { ProjectLock } from './lock'
import { type Migration, migrations } from './migrations'
import { openForReading, openForWriting } from './open-database'
import { databasePath } from './places'
import { nameOfFolder, Project } from './project'
import { explainStorageError, projectExists, projectMissing, projectReadOnly } from './project-errors'
import { recoverProject } from './recovery'

export interface OpenOptions {
  /** create: the folder must be new or empty; write: one process at a time; read: changes nothing, always possible. */
  readonly mode: 'create' | 'write' | 'read'
  /** Varia's version, written into what is made. */
  readonly version: string
  /** Of a new project; its folder's name when left out. */
  readonly name?: string
  /** Bytes that pictures may take in memory. */
  readonly pixelBudget?: number
  readonly checkpointLimits?: Partial<CheckpointLimits>
  readonly now?: () => number
  readonly disk?: Disk
  /** The formats it knows. */
  readonly migrations?: readonly Migration[]
}

const defaultPixelBudget = 256 * 2 ** 20

/**
 * Opens the project in `folder` (`Name.varia`), or makes it.
 * @throws VariaError project-exists, project-missing, project-locked (another process writes to it: `read` still works),
 * project-read-only, project-newer, project-damaged, disk-full, disk-error
 */
export async function openProject(folder: string, options: OpenOptions): Promise<Project> {
  const place = resolve(folder)
  const disk = options.disk ?? realDisk
  try {
    return options.mode === 'read' ? await openToRead(place, disk, options) : await openToWrite(place, disk, options)
  } catch (error) {
    throw explainStorageError(error, place)
  }
}

async function openToRead(folder: string, disk: Disk, options: OpenOptions): Promise<Project> {
  if ((await disk.stat(databasePath(folder))) === null) throw projectMissing(folder)
  const { database, release } = await openForReading(folder, options.migrations ?? migrations)
  const project = projectOn(folder, disk, options, {
    database,
    lock: null,
    readOnly: 'opened for reading only',
    release,
  })
  await openPixels(project)
  return project
}

async function openToWrite(folder: string, disk: Disk, options: OpenOptions): Promise<Project> {
  if (options.mode === 'create') await makeRoom(folder, disk)
  else if ((await disk.stat(databasePath(folder))) === null) throw projectMissing(folder)
  // SQLite opens what it can't write to for reading, without a word, and locks it too.
  for (const path of [folder, databasePath(folder)]) {
    if ((await disk.stat(path)) !== null && !(await disk.writable(path))) {
      throw projectReadOnly(folder, 'its disk or folder is read-only')
    }
  }
  const lock = ProjectLock.take(folder)
  let database: Database | null = null
  let project: Project | null = null
  try {
    const list = options.migrations ?? migrations
    const name = options.name ?? nameOfFolder(folder)
    database = await openForWriting(folder, disk, list, { id: randomUUID(), name, version: options.version })
    project = projectOn(folder, disk, options, { database, lock, readOnly: null, release: async () => undefined })
    await recoverProject(project, disk)
    await openPixels(project)
    return project
  } catch (error) {
    await project?.pixels.close().catch(() => undefined)
    database?.close()
    lock.release()
    throw error
  }
}

/** What an interrupted creation left behind doesn't make a folder taken. */
const ofCreation = new Set(['project.lock', 'project.db', 'project.db-wal', 'project.db-shm', 'project.db-journal'])

async function makeRoom(folder: string, disk: Disk): Promise<void> {
  const stat = await disk.stat(folder)
  if (stat !== null && !stat.isDirectory()) throw projectExists(folder)
  const names = await disk.list(folder)
  if (names.some((name) => !ofCreation.has(name))) throw projectExists(folder)
  const database = await disk.stat(databasePath(folder))
  if (database !== null && database.size > 0) throw projectExists(folder)
  // Asked first: on a read-only disk, Node says that the folder's parent is missing.
  let there = folder
  while ((await disk.stat(there)) === null && dirname(there) !== there) there = dirname(there)
  if (!(await disk.writable(there))) throw projectReadOnly(there, 'its disk or folder is read-only')
  await disk.makeFolder(folder)
}

function projectOn(
  folder: string,
  disk: Disk,
  options: OpenOptions,
  opened: { database: Database; lock: ProjectLock | null; readOnly: string | null; release: () => Promise<void> },
): Project {
  return new Project({
    folder,
    disk,
    ...opened,
    pixelBudget: options.pixelBudget ?? defaultPixelBudget,
    checkpointLimits: { ...defaultCheckpointLimits, ...options.checkpointLimits },
    version: options.version,
    now: options.now ?? Date.now,
  })
}

/** Lost pictures don't keep anyone from the runs and the board: they become a notice. */
async function openPixels(project: Project): Promise<void> {
  try {
    await project.collection.openPixels()
    if (await project.pixels.whole()) return
    project.notices.push(project.pixels.tooShort())
  } catch (error) {
    if (!(error instanceof VariaError) || error.code !== 'project-damaged') throw error
    project.notices.push(error)
  }
}
