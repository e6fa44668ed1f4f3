/**
 * Checkpoints: all that a run needs to go on as if it had never stopped, each one sealed safetensors file. A new one is
 * whole on disk before the database names it, and an old one is forgotten before its file goes.
 */
import { join } from 'node:path'
import { VariaError } from '../contract/errors'
import { type CheckpointInfo, type RunId } from '../contract/run'
import {
  checkpointMetadata,
  fileOfStep,
  readCheckpointFile,
  type TrainingState,
  writeCheckpointFile,
} from './checkpoint-file'
import { adoptUnnamed, forgetMissing } from './checkpoint-recovery'
import { type CheckpointLimits, surplus } from './checkpoint-retention'
import { checkpointId, CheckpointRows, type StoredCheckpoint } from './checkpoint-rows'
import { type Database, numberOf } from './database'
import { type Disk } from './disk'
import { checkpointDamaged, checkpointMissing, diskFull, explainStorageError } from './project-errors'
import { expectRun } from './run-reference'

export interface NewCheckpoint {
  readonly state: TrainingState
  readonly step: number
  readonly epoch: number
  /** Negative ELBO on the held-out items; null when not evaluated. */
  readonly validation: number | null
  /** The best so far: decoded with, and kept. */
  readonly best: boolean
}

export interface LoadedCheckpoint {
  readonly info: CheckpointInfo
  readonly state: TrainingState
  /** Recipe, seed and the like as the file itself carries them. */
  readonly metadata: Record<string, string>
  /** Newer checkpoints that were passed over because they are damaged, for people. */
  readonly passedOver: readonly VariaError[]
}

/** `latest` to go on training, `best` to decode with (the latest where no best is kept), or one by its id. */
export type WhichCheckpoint = 'latest' | 'best' | { readonly id: string }

export class Checkpoints {
  private readonly rows: CheckpointRows
  /** Saves one after the other, so that rotation never meets a file being written. */
  private saving: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly database: Database,
    private readonly disk: Disk,
    /** The project's `runs` folder. */
    private readonly folder: string,
    private readonly limits: CheckpointLimits,
    private readonly version: string,
    private readonly now: () => number,
  ) {
    this.rows = new CheckpointRows(database)
  }

  /**
   * Saves a checkpoint and rotates older ones away.
   * @throws VariaError disk-full, disk-error: then the checkpoints before it are still there
   */
  save(run: RunId, made: NewCheckpoint): Promise<CheckpointInfo> {
    const saved = this.saving.then(() => this.saveNow(run, made))
    this.saving = saved.catch(() => undefined)
    return saved
  }

  /**
   * Reads a checkpoint. `latest` and `best` pass over damaged ones to the newest that is whole, and say so.
   * @throws VariaError checkpoint-missing when the run has none, checkpoint-damaged when none is whole
   */
  async load(run: RunId, which: WhichCheckpoint = 'latest'): Promise<LoadedCheckpoint> {
    const passedOver: VariaError[] = []
    for (const { info, file } of this.candidates(run, which)) {
      const path = this.pathOf(run, file)
      try {
        const read = await readCheckpointFile(this.disk, path)
        if (read === null) throw checkpointDamaged(path, 'the file is missing')
        if (read.metadata.run !== String(run)) throw checkpointDamaged(path, 'it belongs to another run')
        return { info, state: read.state, metadata: read.metadata, passedOver }
      } catch (error) {
        const explained = explainStorageError(error, path)
        if (!(explained instanceof VariaError) || explained.code !== 'checkpoint-damaged') throw explained
        this.rows.markDamaged(info.id)
        passedOver.push(explained)
      }
    }
    throw passedOver[0] ?? (typeof which === 'string' ? this.foundDamaged(run) : null) ?? checkpointMissing(run)
  }

  /** What an earlier reading told of its newest checkpoint, where it has only damaged ones. */
  private foundDamaged(run: RunId): VariaError | null {
    const file = this.rows.newestDamaged(run)
    return file === null ? null : checkpointDamaged(this.pathOf(run, file), 'that was found before')
  }

  /** Those of a run that are not known to be damaged, the newest first. */
  list(run: RunId): CheckpointInfo[] {
    return this.rows.of(run).map(({ info }) => info)
  }

  latest(run: RunId): CheckpointInfo | null {
    return this.list(run)[0] ?? null
  }

  best(run: RunId): CheckpointInfo | null {
    return this.list(run).find((info) => info.best) ?? null
  }

  /**
   * Makes rows and files agree after a crash: rows without a file are forgotten, files without a row that are whole are
   * named again. Called when a project is opened for writing.
   */
  async recover(): Promise<void> {
    await forgetMissing(this.rows, this.disk, this.folder)
    for (const run of this.database.all('SELECT id FROM run')) {
      await adoptUnnamed(this.rows, this.disk, this.folder, numberOf(run, 'id'))
    }
  }

  private async saveNow(run: RunId, made: NewCheckpoint): Promise<CheckpointInfo> {
    const { step, epoch, validation, best } = made
    const file = fileOfStep(step)
    const path = this.pathOf(run, file)
    expectRun(this.database, run)
    try {
      await this.disk.makeFolder(join(this.folder, String(run)))
      await this.refuseIfFull(run, made.state)
      const savedAt = this.now()
      const metadata = checkpointMetadata(this.database, run, made, savedAt, this.version)
      const size = await writeCheckpointFile(this.disk, path, made.state, metadata)
      const info = { id: checkpointId(run, step), runId: run, step, epoch, savedAt, validation, best }
      this.rows.insert({ info, file, size })
      await this.rotate(run)
      return info
    } catch (error) {
      throw explainStorageError(error, path)
    }
  }

  private async refuseIfFull(run: RunId, state: TrainingState): Promise<void> {
    const free = await this.disk.free(this.folder)
    if (free === null) return
    let needed = this.limits.reserve
    for (const tensor of Object.values(state.tensors)) needed += tensor.data.byteLength
    if (free < needed) throw diskFull(join(this.folder, String(run)))
  }

  /** Forgets what exceeds the limits, then removes the files. A file that can't be removed now goes the next time. */
  private async rotate(run: RunId): Promise<void> {
    const going = surplus(this.rows.of(run), this.limits)
    if (going.length === 0) return
    this.rows.forget(going)
    for (const { file } of going) await this.disk.remove(this.pathOf(run, file)).catch(() => undefined)
  }

  private candidates(run: RunId, which: WhichCheckpoint): StoredCheckpoint[] {
    if (typeof which === 'object') {
      const one = this.rows.get(run, which.id)
      return one === null ? [] : [one]
    }
    const newestFirst = this.rows.of(run)
    if (which === 'latest') return newestFirst
    return [...newestFirst.filter(({ info }) => info.best), ...newestFirst.filter(({ info }) => !info.best)]
  }

  private pathOf(run: RunId, file: string): string {
    return join(this.folder, String(run), file)
  }
}
