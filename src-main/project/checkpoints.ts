/**
 * Checkpoints: all that a run needs to go on as if it had never stopped, each one sealed safetensors file. A new one is
 * whole on disk before the database names it, and an old one is forgotten before its file goes.
 */
import { join } from 'node:path'
import { VariaError } from '../contract/errors'
import { type CheckpointInfo, type RunId } from '../contract/run'
import { checkpointMetadata, readCheckpointFile, type TrainingState, writeCheckpointFile } from './checkpoint-file'
import { type Database, numberOf, numberOrNull, type Row, textOf } from './database'
import { type Disk } from './disk'
import { checkpointDamaged, checkpointMissing, diskFull, explainStorageError } from './project-errors'
import { expectRun } from './run-reference'

export interface CheckpointLimits {
  /** Latest checkpoints kept of a run, besides its best. */
  readonly keep: number
  /** Bytes the checkpoints of one run may take; the latest, the one before it and the best stay in any case. */
  readonly budget: number
  /** Bytes of the disk left free for everything else. */
  readonly reserve: number
}

export const defaultCheckpointLimits: CheckpointLimits = { keep: 3, budget: 2 * 2 ** 30, reserve: 32 * 2 ** 20 }

export interface NewCheckpoint {
  readonly state: TrainingState
  readonly step: number
  readonly epoch: number
  /** Negative ELBO on the held-out items; null when not evaluated. */
  readonly validation: number | null
  /** The best so far: decoded with, and kept. */
  readonly best: boolean
  /** Runs in the transaction that makes the checkpoint count: for the metrics and the run's state up to it. */
  readonly alongside?: () => void
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
  ) {}

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
    const candidates = this.candidates(run, which)
    const passedOver: VariaError[] = []
    for (const row of candidates) {
      const file = this.pathOf(row)
      try {
        const read = await readCheckpointFile(this.disk, file)
        if (read === null) throw checkpointDamaged(file, 'the file is missing')
        if (read.metadata.run !== String(run)) throw checkpointDamaged(file, 'it belongs to another run')
        return { info: infoOf(row), state: read.state, metadata: read.metadata, passedOver }
      } catch (error) {
        const explained = explainStorageError(error, file)
        if (!(explained instanceof VariaError) || explained.code !== 'checkpoint-damaged') throw explained
        this.markDamaged(textOf(row, 'id'))
        passedOver.push(explained)
      }
    }
    throw passedOver[0] ?? checkpointMissing(run)
  }

  /** Those of a run that are not known to be damaged, the newest first. */
  list(run: RunId): CheckpointInfo[] {
    return this.rows(run).map(infoOf)
  }

  latest(run: RunId): CheckpointInfo | null {
    return this.list(run)[0] ?? null
  }

  best(run: RunId): CheckpointInfo | null {
    return this.list(run).find((info) => info.best) ?? null
  }

  get(id: string): CheckpointInfo | null {
    const row = this.database.get('SELECT * FROM checkpoint WHERE id = ?', id)
    return row === undefined ? null : infoOf(row)
  }

  /** The one before stops being the best; rotation may take it then. */
  markBest(id: string, validation: number): void {
    this.database.transaction(() => {
      this.database.run('UPDATE checkpoint SET best = 0 WHERE run = (SELECT run FROM checkpoint WHERE id = ?)', id)
      this.database.run('UPDATE checkpoint SET best = 1, validation = ? WHERE id = ?', validation, id)
    })
  }

  /** Bytes that the checkpoints of a run take. */
  size(run: RunId): number {
    return this.database.number('SELECT sum(size) FROM checkpoint WHERE run = ?', run)
  }

  /**
   * Makes rows and files agree after a crash: files without a row that are whole are named again, rows without a file
   * are forgotten. Called when a project is opened for writing.
   */
  async recover(): Promise<void> {
    for (const row of this.database.all('SELECT * FROM checkpoint')) {
      if ((await this.disk.stat(this.pathOf(row))) === null) {
        this.database.run('DELETE FROM checkpoint WHERE id = ?', textOf(row, 'id'))
      }
    }
    for (const run of this.database.all('SELECT id FROM run')) await this.adopt(numberOf(run, 'id'))
  }

  private async saveNow(run: RunId, made: NewCheckpoint): Promise<CheckpointInfo> {
    const name = `${String(made.step).padStart(9, '0')}.safetensors`
    const path = join(this.folder, String(run), name)
    expectRun(this.database, run)
    try {
      await this.disk.makeFolder(join(this.folder, String(run)))
      await this.refuseIfFull(run, made.state)
      const savedAt = this.now()
      const metadata = checkpointMetadata(this.database, run, made, savedAt, this.version)
      const size = await writeCheckpointFile(this.disk, path, made.state, metadata)
      const id = `${run}-${made.step}`
      this.database.transaction(() => {
        if (made.best) this.database.run('UPDATE checkpoint SET best = 0 WHERE run = ?', run)
        this.insert({ id, run, file: name, step: made.step, epoch: made.epoch, savedAt, size, ...judged(made) })
        made.alongside?.()
      })
      await this.rotate(run)
      const info = this.get(id)
      if (info === null) throw checkpointMissing(run)
      return info
    } catch (error) {
      throw explainStorageError(error, path)
    }
  }

  private insert(row: {
    id: string
    run: RunId
    file: string
    step: number
    epoch: number
    savedAt: number
    validation: number | null
    best: boolean
    size: number
  }): void {
    this.database.run(
      `INSERT OR REPLACE INTO checkpoint (id, run, file, step, epoch, saved_at, validation, best, size, damaged)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
      row.id,
      row.run,
      row.file,
      row.step,
      row.epoch,
      row.savedAt,
      row.validation,
      row.best ? 1 : 0,
      row.size,
    )
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
    const going = surplus(this.rows(run), this.limits)
    if (going.length === 0) return
    this.database.transaction(() => {
      for (const row of going) this.database.run('DELETE FROM checkpoint WHERE id = ?', textOf(row, 'id'))
    })
    for (const row of going) await this.disk.remove(this.pathOf(row)).catch(() => undefined)
  }

  private async adopt(run: RunId): Promise<void> {
    const folder = join(this.folder, String(run))
    const known = new Set(
      this.database.all('SELECT file FROM checkpoint WHERE run = ?', run).map((r) => textOf(r, 'file')),
    )
    for (const name of await this.disk.list(folder)) {
      if (known.has(name) || !/^\d{9,}\.safetensors$/.test(name)) continue
      const path = join(folder, name)
      const read = await readCheckpointFile(this.disk, path).catch((error: unknown) => {
        if (error instanceof VariaError && error.code === 'checkpoint-damaged') return null
        throw error
      })
      const stat = await this.disk.stat(path)
      const step = Number(name.split('.')[0])
      if (read === null || stat === null || read.metadata.run !== String(run)) continue
      const { epoch, savedAt, validation } = read.metadata
      this.insert({
        id: `${run}-${step}`,
        run,
        file: name,
        step,
        epoch: finiteOr(epoch, 0),
        savedAt: finiteOr(savedAt, 0),
        validation: finiteOr(validation, null),
        best: false,
        size: stat.size,
      })
    }
  }

  private candidates(run: RunId, which: WhichCheckpoint): Row[] {
    const rows = this.rows(run)
    if (which === 'latest') return rows
    if (which === 'best') return [...rows.filter((row) => row.best === 1), ...rows.filter((row) => row.best !== 1)]
    return this.database.all('SELECT * FROM checkpoint WHERE run = ? AND id = ?', run, which.id)
  }

  private rows(run: RunId): Row[] {
    return this.database.all('SELECT * FROM checkpoint WHERE run = ? AND damaged = 0 ORDER BY step DESC', run)
  }

  private markDamaged(id: string): void {
    if (!this.database.readOnly) this.database.run('UPDATE checkpoint SET damaged = 1 WHERE id = ?', id)
  }

  private pathOf(row: Row): string {
    return join(this.folder, String(numberOf(row, 'run')), textOf(row, 'file'))
  }
}

function finiteOr<Otherwise>(text: string | undefined, otherwise: Otherwise): number | Otherwise {
  const value = Number(text ?? NaN)
  return Number.isFinite(value) ? value : otherwise
}

function judged(made: NewCheckpoint): { validation: number | null; best: boolean } {
  return { validation: made.validation, best: made.best }
}

/** Which of a run's checkpoints, newest first, exceed the limits. The newest two and the best always stay. */
export function surplus(rows: readonly Row[], limits: CheckpointLimits): Row[] {
  let bytes = rows.reduce((sum, row) => sum + (row.best === 1 ? numberOf(row, 'size') : 0), 0)
  return rows.filter((row, age) => {
    if (row.best === 1) return false
    bytes += numberOf(row, 'size')
    return age >= 2 && (age >= limits.keep || bytes > limits.budget)
  })
}

function infoOf(row: Row): CheckpointInfo {
  return {
    id: textOf(row, 'id'),
    runId: numberOf(row, 'run'),
    step: numberOf(row, 'step'),
    epoch: numberOf(row, 'epoch'),
    savedAt: numberOf(row, 'saved_at'),
    validation: numberOrNull(row, 'validation'),
    best: row.best === 1,
  }
}
