/** Makes the rows and the files of checkpoints agree again after a crash. */
import { join } from 'node:path'
import { VariaError } from '../contract/errors'
import { type RunId } from '../contract/run'
import { readCheckpointFile, stepOfFile } from './checkpoint-file'
import { checkpointId, type CheckpointRows, type StoredCheckpoint } from './checkpoint-rows'
import { type Disk } from './disk'

/** Forgets rows without a file. `folder` is the project's `runs`. */
export async function forgetMissing(rows: CheckpointRows, disk: Disk, folder: string): Promise<void> {
  for (const stored of rows.all()) {
    const path = join(folder, String(stored.info.runId), stored.file)
    if ((await disk.stat(path)) === null) rows.forget([stored])
  }
}

/** Names files of a run that are whole and that a crash kept from being named. `folder` is the project's `runs`. */
export async function adoptUnnamed(rows: CheckpointRows, disk: Disk, folder: string, run: RunId): Promise<void> {
  const known = new Set(
    rows
      .all()
      .filter(({ info }) => info.runId === run)
      .map(({ file }) => file),
  )
  const place = join(folder, String(run))
  for (const name of await disk.list(place)) {
    const step = stepOfFile(name)
    if (step === null || known.has(name)) continue
    const found = await readUnnamed(disk, place, name, run, step)
    if (found !== null) rows.insert(found)
  }
}

/** Null for a file that is damaged or of another run. */
async function readUnnamed(
  disk: Disk,
  place: string,
  file: string,
  run: RunId,
  step: number,
): Promise<StoredCheckpoint | null> {
  const path = join(place, file)
  const read = await readCheckpointFile(disk, path).catch((error: unknown) => {
    if (error instanceof VariaError && error.code === 'checkpoint-damaged') return null
    throw error
  })
  const stat = await disk.stat(path)
  if (read === null || stat === null || read.metadata.run !== String(run)) return null
  const { epoch, savedAt, validation } = read.metadata
  const info = {
    id: checkpointId(run, step),
    runId: run,
    step,
    epoch: finiteOr(epoch, 0),
    savedAt: finiteOr(savedAt, 0),
    validation: finiteOr(validation, null),
    // Which was the best is the row's to say, and there was none.
    best: false,
  }
  return { info, file, size: stat.size }
}

function finiteOr<Otherwise>(text: string | undefined, otherwise: Otherwise): number | Otherwise {
  const value = Number(text ?? NaN)
  return Number.isFinite(value) ? value : otherwise
}
