/** The checkpoints that the database names, whichever of their files are whole. */
import { type CheckpointInfo, type RunId } from '../contract/run'
import { type Database, numberOf, numberOrNull, type Row, textOf } from './database'

export interface StoredCheckpoint {
  readonly info: CheckpointInfo
  /** A name in `runs/<run>/`. */
  readonly file: string
  /** Bytes. */
  readonly size: number
}

export class CheckpointRows {
  constructor(private readonly database: Database) {}

  /** Those of a run that are not known to be damaged, the newest first. */
  of(run: RunId): StoredCheckpoint[] {
    return this.database
      .all('SELECT * FROM checkpoint WHERE run = ? AND damaged = 0 ORDER BY step DESC', run)
      .map(storedOf)
  }

  /** Of every run, damaged ones too. */
  all(): StoredCheckpoint[] {
    return this.database.all('SELECT * FROM checkpoint').map(storedOf)
  }

  /** One of a run, damaged or not; null when there is none of that id. */
  get(run: RunId, id: string): StoredCheckpoint | null {
    const row = this.database.get('SELECT * FROM checkpoint WHERE run = ? AND id = ?', run, id)
    return row === undefined ? null : storedOf(row)
  }

  /** Names a checkpoint, in place of one of the same id. Where it is the best, the one before stops being that. */
  insert({ info, file, size }: StoredCheckpoint): void {
    this.database.transaction(() => {
      if (info.best) this.database.run('UPDATE checkpoint SET best = 0 WHERE run = ?', info.runId)
      this.database.run(
        `INSERT OR REPLACE INTO checkpoint (id, run, file, step, epoch, saved_at, validation, best, size, damaged)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
        info.id,
        info.runId,
        file,
        info.step,
        info.epoch,
        info.savedAt,
        info.validation,
        info.best ? 1 : 0,
        size,
      )
    })
  }

  forget(checkpoints: readonly StoredCheckpoint[]): void {
    this.database.transaction(() => {
      for (const { info } of checkpoints) this.database.run('DELETE FROM checkpoint WHERE id = ?', info.id)
    })
  }

  /** The file of the newest one that is known to be damaged, or null. */
  newestDamaged(run: RunId): string | null {
    const query = 'SELECT * FROM checkpoint WHERE run = ? AND damaged = 1 ORDER BY step DESC LIMIT 1'
    const row = this.database.get(query, run)
    return row === undefined ? null : storedOf(row).file
  }

  /** Remembers that its file is damaged, where the project can be written to. */
  markDamaged(id: string): void {
    if (!this.database.readOnly) this.database.run('UPDATE checkpoint SET damaged = 1 WHERE id = ?', id)
  }
}

/** The id of the checkpoint of a run at a step. */
export function checkpointId(run: RunId, step: number): string {
  return `${run}-${step}`
}

function storedOf(row: Row): StoredCheckpoint {
  const info = {
    id: textOf(row, 'id'),
    runId: numberOf(row, 'run'),
    step: numberOf(row, 'step'),
    epoch: numberOf(row, 'epoch'),
    savedAt: numberOf(row, 'saved_at'),
    validation: numberOrNull(row, 'validation'),
    best: row.best === 1,
  }
  return { info, file: textOf(row, 'file'), size: numberOf(row, 'size') }
}
