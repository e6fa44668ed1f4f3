/** Which checkpoints of a run are kept, and which make room. */
import { type StoredCheckpoint } from './checkpoint-rows'

export interface CheckpointLimits {
  /** Latest checkpoints kept of a run, besides its best. */
  readonly keep: number
  /** Bytes the checkpoints of one run may take; the latest, the one before it and the best stay in any case. */
  readonly budget: number
  /** Bytes of the disk left free for everything else. */
  readonly reserve: number
}

export const defaultCheckpointLimits: CheckpointLimits = { keep: 3, budget: 2 * 2 ** 30, reserve: 32 * 2 ** 20 }

/** The latest two stay whatever they take: a damaged latest one must have one before it to fall back to. */
const alwaysKept = 2

/** Those of a run, given newest first, that exceed the limits. */
export function surplus(
  checkpoints: readonly StoredCheckpoint[],
  { keep, budget }: Pick<CheckpointLimits, 'keep' | 'budget'>,
): StoredCheckpoint[] {
  let bytes = checkpoints.reduce((sum, { info, size }) => sum + (info.best ? size : 0), 0)
  return checkpoints.filter(({ info, size }, age) => {
    if (info.best) return false
    bytes += size
    return age >= alwaysKept && (age >= keep || bytes > budget)
  })
}
