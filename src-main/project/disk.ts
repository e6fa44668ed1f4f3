/**
 * The one place that writes to the file system. Every method is one call that can fail, so a test can hand in a disk
 * whose n-th call fails, or fills up, or is the last one before the process dies.
 */
import { constants, promises as fs, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'

/** An open file with positioned reads and writes. */
export interface DiskFile {
  /** Fills `into` from `position`; returns how many bytes there were. */
  read(into: Uint8Array, position: number): Promise<number>
  /** Writes all of `data` at `position`. */
  write(data: Uint8Array, position: number): Promise<void>
  truncate(size: number): Promise<void>
  /** Returns when what was written is on the disk itself. */
  sync(): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/** What the project needs of a file system. Errors are Node's, with `code` and `path`. */
export interface Disk {
  /** Opens for reading, or for reading and writing; `create` makes the file anew and refuses one that exists. */
  open(path: string, how: 'read' | 'write' | 'create'): Promise<DiskFile>
  makeFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Removes a file or a folder with all in it; what isn't there is no error. */
  remove(path: string): Promise<void>
  /** Makes renames and new names in `folder` durable; a no-op where the system can't. */
  syncFolder(folder: string): Promise<void>
  /** Names in a folder, sorted; none when it isn't there. */
  list(folder: string): Promise<string[]>
  stat(path: string): Promise<Stats | null>
  /** Whether the system would let us write to a file or into a folder that is there. */
  writable(path: string): Promise<boolean>
  /** Bytes free for us on the disk of `folder`; null where the system doesn't tell. */
  free(folder: string): Promise<number | null>
  /** Called before each commit of the database, which writes by itself. */
  beforeCommit(): void
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

/** Node refuses calls for two gibibytes and more. */
const mostAtOnce = 1 << 30

class RealFile implements DiskFile {
  constructor(private readonly handle: fs.FileHandle) {}

  async read(into: Uint8Array, position: number): Promise<number> {
    let done = 0
    while (done < into.length) {
      const { bytesRead } = await this.handle.read(
        into,
        done,
        Math.min(into.length - done, mostAtOnce),
        position + done,
      )
      if (bytesRead === 0) break
      done += bytesRead
    }
    return done
  }

  async write(data: Uint8Array, position: number): Promise<void> {
    let done = 0
    while (done < data.length) {
      const { bytesWritten } = await this.handle.write(
        data,
        done,
        Math.min(data.length - done, mostAtOnce),
        position + done,
      )
      done += bytesWritten
    }
  }

  async truncate(size: number): Promise<void> {
    await this.handle.truncate(size)
  }

  async sync(): Promise<void> {
    await this.handle.sync()
  }

  async size(): Promise<number> {
    return (await this.handle.stat()).size
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}

/** `fs.statfs` came with Node 18.15. */
type Statfs = (path: string) => Promise<{ bavail: number; bsize: number }>

/** The file system itself. */
export const realDisk: Disk = {
  async open(path, how) {
    const flags = {
      read: constants.O_RDONLY,
      write: constants.O_RDWR,
      create: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
    }[how]
    return new RealFile(await fs.open(path, flags))
  },
  async makeFolder(path) {
    await fs.mkdir(path, { recursive: true })
  },
  async rename(from, to) {
    await fs.rename(from, to)
  },
  async remove(path) {
    await fs.rm(path, { recursive: true, force: true })
  },
  async syncFolder(folder) {
    // Windows can't open a folder; its file systems order renames by themselves.
    if (process.platform === 'win32') return
    const handle = await fs.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  async list(folder) {
    try {
      return (await fs.readdir(folder)).sort()
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  },
  async stat(path) {
    try {
      return await fs.stat(path)
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  },
  async writable(path) {
    return fs.access(path, constants.W_OK).then(
      () => true,
      () => false,
    )
  },
  async free(folder) {
    const statfs = (fs as unknown as { statfs?: Statfs }).statfs
    if (statfs === undefined) return null
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
  beforeCommit() {},
}

/** Marks files that are being written; opening a project removes those that a crash left. */
export const unfinishedSuffix = '.unfinished'

/**
 * Writes `parts` one after the other to a temporary name beside `path`, makes them durable and renames: afterwards
 * `path` holds all of the new bytes or, after a failure at any call, what it held before. The temporary file is removed
 * when that can be done.
 * @param temporary in the same folder as `path`; where that folder isn't Varia's own, a name that nobody else uses
 */
export async function writeFileAtomically(
  disk: Disk,
  path: string,
  parts: readonly Uint8Array[],
  temporary = path + unfinishedSuffix,
): Promise<void> {
  const folder = dirname(path)
  await disk.makeFolder(folder)
  await disk.remove(temporary)
  try {
    const file = await disk.open(temporary, 'create')
    try {
      let position = 0
      for (const part of parts) {
        await file.write(part, position)
        position += part.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.rename(temporary, path)
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined)
    throw error
  }
  await disk.syncFolder(folder)
}

/** Removes what an interrupted {@link writeFileAtomically} left in `folder`. */
export async function removeUnfinished(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.list(folder)) {
    if (name.endsWith(unfinishedSuffix)) await disk.remove(join(folder, name))
  }
}

/** Reads a file whole; null when there is none. @throws RangeError when it has more than `limit` bytes */
export async function readFileWhole(disk: Disk, path: string, limit: number): Promise<Uint8Array | null> {
  const stat = await disk.stat(path)
  if (stat === null) return null
  if (stat.size > limit) throw new RangeError('it is larger than any that Varia writes')
  const file = await disk.open(path, 'read')
  try {
    const bytes = new Uint8Array(stat.size)
    const read = await file.read(bytes, 0)
    return read === bytes.length ? bytes : bytes.subarray(0, read)
  } finally {
    await file.close()
  }
}
