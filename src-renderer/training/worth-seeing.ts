/** When a space is worth a first look. */
import type { RunInfo } from '../../src-main/contract/run'

/** Before that the places of designs still wander about. */
const settledEpochs = 3
/** Before that one still likes to watch the pictures sharpen. */
const leastSeconds = 60

export function worthSeeing({ state, epoch, seconds }: Pick<RunInfo, 'state' | 'epoch' | 'seconds'>): boolean {
  return state === 'finished' || (state === 'training' && epoch >= settledEpochs && seconds >= leastSeconds)
}
