/** A disk on which a chosen call fails, as SQLite's own tests do it: each call in turn, once or from then on. */
import { type Disk, type DiskFile, realDisk } from '../../src-main/project/disk'

export interface Fault {
  /** Which call fails: 1 is the first. */
  readonly at: number
  /** Whether all later ones fail too. */
  readonly forever: boolean
  /** What happens: an error of this code, or the end of the process. */
  readonly what: 'ENOSPC' | 'EIO' | 'kill'
}

export class FaultyDisk implements Disk {
  /** Calls so far that change something. */
  calls = 0
  private readonly real = realDisk

  constructor(private readonly fault: Fault | null) {}

  async open(path: string, how: 'read' | 'write' | 'create'): Promise<DiskFile> {
    if (how === 'create') this.call(path)
    const file = await this.real.open(path, how)
    return {
      read: (into, position) => file.read(into, position),
      write: async (data, position) => {
        try {
          this.call(path)
        } catch (error) {
          // A disk that fills up takes a part first.
          await file.write(data.subarray(0, data.length >> 1), position)
          throw error
        }
        await file.write(data, position)
      },
      truncate: async (size) => {
        this.call(path)
        await file.truncate(size)
      },
      sync: async () => {
        this.call(path)
        await file.sync()
      },
      size: () => file.size(),
      close: () => file.close(),
    }
  }

  async makeFolder(path: string): Promise<void> {
    this.call(path)
    await this.real.makeFolder(path)
  }

  async rename(from: string, to: string): Promise<void> {
    this.call(to)
    await this.real.rename(from, to)
  }

  async remove(path: string): Promise<void> {
    this.call(path)
    await this.real.remove(path)
  }

  async syncFolder(folder: string): Promise<void> {
    this.call(folder)
    await this.real.syncFolder(folder)
  }

  list(folder: string): Promise<string[]> {
    return this.real.list(folder)
  }

  stat(path: string): ReturnType<Disk['stat']> {
    return this.real.stat(path)
  }

  writable(path: string): Promise<boolean> {
    return this.real.writable(path)
  }

  free(folder: string): Promise<number | null> {
    return this.real.free(folder)
  }

  beforeCommit(): void {
    this.call('project.db')
  }

  private call(path: string): void {
    this.calls += 1
    const { fault } = this
    if (fault === null || (fault.forever ? this.calls < fault.at : this.calls !== fault.at)) return
    if (fault.what === 'kill') process.kill(process.pid, 'SIGKILL')
    throw Object.assign(new Error(`${fault.what}: ${path}`), { code: fault.what, path })
  }
}
