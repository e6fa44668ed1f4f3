/** The list of projects opened lately, in `recent.json` of the data folder. A damaged list is started anew: it is a convenience. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type RecentProject } from '../../contract/project'
import { nameOfFolder } from '../../project/project'
import { readFileWhole, realDisk, writeFileAtomically } from '../../project/disk'

const listed = z.object({
  version: z.literal(1),
  projects: z.array(z.object({ folder: z.string(), openedAt: z.number() })),
})
type Listed = z.infer<typeof listed>['projects']

const most = 30
const largest = 1 << 20

/** The id of a project: stable for its folder, and short enough to be passed about. */
export function projectIdOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16)
}

export class RecentProjects {
  readonly #file: string
  #writing: Promise<void> = Promise.resolve()

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'recent.json')
  }

  async list(): Promise<RecentProject[]> {
    return (await this.#read()).map(({ folder, openedAt }) => ({
      id: projectIdOf(folder),
      name: nameOfFolder(folder),
      place: folder,
      openedAt,
      present: existsSync(join(folder, 'project.db')),
    }))
  }

  /** The folder of a listed project; null when it isn't listed. */
  async folderOf(id: string): Promise<string | null> {
    return (await this.#read()).find(({ folder }) => projectIdOf(folder) === id)?.folder ?? null
  }

  /** Puts a project at the top of the list. */
  add(folder: string, openedAt: number): Promise<void> {
    return this.#change((projects) => [{ folder, openedAt }, ...projects.filter((one) => one.folder !== folder)])
  }

  forget(id: string): Promise<void> {
    return this.#change((projects) => projects.filter(({ folder }) => projectIdOf(folder) !== id))
  }

  async #read(): Promise<Listed> {
    try {
      const data = await readFileWhole(realDisk, this.#file, largest)
      if (data === null) return []
      const parsed = listed.safeParse(JSON.parse(Buffer.from(data).toString('utf8')))
      return parsed.success ? parsed.data.projects : []
    } catch {
      return []
    }
  }

  /** One change after the other; another process' list is read again before each. */
  #change(change: (projects: Listed) => Listed): Promise<void> {
    const next = this.#writing.then(async () => {
      const projects = change(await this.#read()).slice(0, most)
      const text = JSON.stringify({ version: 1, projects }, null, 2)
      await writeFileAtomically(realDisk, this.#file, [Buffer.from(text)])
    })
    this.#writing = next.catch(() => undefined)
    return next
  }
}
