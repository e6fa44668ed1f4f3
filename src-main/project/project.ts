/** An open project: its repositories, and the few facts that belong to none of them. */
import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { type VariaError } from '../contract/errors'
import { type InterruptedImport, type ProjectInfo } from '../contract/project'
import { type RunId, runId } from '../contract/run'
import { Attributes } from './attributes'
import { type CheckpointLimits } from './checkpoint-retention'
import { Checkpoints } from './checkpoints'
import { Collection } from './collection'
import { type Database } from './database'
import { type Disk } from './disk'
import { History } from './history'
import { ImportRemarks } from './import-remarks'
import { Imports } from './imports'
import { Items } from './items'
import { Latents } from './latents'
import { type ProjectLock } from './lock'
import { Maps } from './maps'
import { Metrics } from './metrics'
import { newestVersion } from './migrations'
import { PixelStore } from './pixels'
import { collectionFolder, mapsFolder, runsFolder } from './places'
import { Recipes } from './recipes'
import { Runs } from './runs'
import { Settings } from './settings'
import { Variants } from './variants'

/** What an open project stands on; `openProject` puts it together. */
export interface Foundation {
  readonly folder: string
  readonly database: Database
  readonly disk: Disk
  /** Null when opened for reading. */
  readonly lock: ProjectLock | null
  /** Why it can't be written to, for people; null when it can. */
  readonly readOnly: string | null
  readonly pixelBudget: number
  readonly checkpointLimits: CheckpointLimits
  /** Varia's, written into checkpoints. */
  readonly version: string
  readonly now: () => number
  /** Removes what the project used outside its folder. */
  readonly release: () => Promise<void>
}

export class Project {
  readonly folder: string
  readonly readOnly: string | null
  readonly collection: Collection
  readonly items: Items
  readonly attributes: Attributes
  readonly imports: Imports
  readonly remarks: ImportRemarks
  readonly pixels: PixelStore
  readonly runs: Runs
  readonly metrics: Metrics
  readonly checkpoints: Checkpoints
  readonly maps: Maps
  readonly latents: Latents
  readonly variants: Variants
  readonly recipes: Recipes
  readonly settings: Settings
  readonly history: History
  /** What was found amiss when it was opened, for people; the rest works. */
  readonly notices: VariaError[] = []
  private open = true

  constructor(private readonly foundation: Foundation) {
    const { folder, database, disk, now, version } = foundation
    this.folder = folder
    this.readOnly = foundation.readOnly
    const writable = foundation.readOnly === null
    this.settings = new Settings(database)
    this.items = new Items(database)
    this.attributes = new Attributes(database)
    this.pixels = new PixelStore(disk, collectionFolder(folder), writable, foundation.pixelBudget)
    this.collection = new Collection(database, this.attributes, this.pixels, disk, collectionFolder(folder))
    this.remarks = new ImportRemarks(database)
    const { collection, items, attributes, pixels, remarks } = this
    this.imports = new Imports(database, collection, items, attributes, pixels, remarks, now)
    this.metrics = new Metrics(database)
    this.checkpoints = new Checkpoints(database, disk, runsFolder(folder), foundation.checkpointLimits, version, now)
    this.runs = new Runs(database, this.metrics, this.checkpoints, now)
    this.maps = new Maps(database, disk, mapsFolder(folder), now)
    this.latents = new Latents(database, disk, runsFolder(folder))
    this.variants = new Variants(database, now)
    this.recipes = new Recipes(database, now)
    this.history = new History(database, now)
  }

  info(): ProjectInfo {
    return {
      id: this.settings.get('id', z.string()) ?? '',
      name: this.settings.get('name', z.string()) ?? nameOfFolder(this.folder),
      place: this.folder,
      formatVersion: newestVersion(),
      readOnly: this.readOnly,
      collection: this.collection.info(),
      activeRun: this.settings.get('activeRun', runId.nullable()),
      interruptedImport: this.interruptedImport(),
      notices: this.notices.map(({ message, remedy }) => ({ message, remedy })),
    }
  }

  private interruptedImport(): InterruptedImport | null {
    const found = this.imports.interrupted()
    return found === null ? null : { origin: found.origin, count: found.count }
  }

  /** The name shown to people; the folder keeps its own. */
  rename(name: string): void {
    this.settings.set('name', name)
  }

  /** The run that the window shows. @throws VariaError run-missing */
  selectRun(run: RunId | null): void {
    if (run !== null) this.runs.get(run)
    this.settings.set('activeRun', run)
  }

  /** Does all of `work` on the database or nothing of it; `work` must not await. */
  transaction<T>(work: () => T): T {
    return this.foundation.database.transaction(work)
  }

  /** Makes one file of the database again, so that the folder can be copied, and gives back the lock. */
  async close(): Promise<void> {
    if (!this.open) return
    this.open = false
    const { database, lock } = this.foundation
    try {
      if (this.readOnly === null) {
        this.variants.purge()
        database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
      }
    } catch {
      // A full or failing disk: all that was committed is in the log, and the next opening does this again.
    }
    await this.pixels.close().catch(() => undefined)
    database.close()
    lock?.release()
    await this.foundation.release()
  }
}

/** `Vessels` for `…/Vessels.varia`. */
export function nameOfFolder(folder: string): string {
  return basename(resolve(folder)).replace(/\.varia$/i, '') || 'Project'
}
