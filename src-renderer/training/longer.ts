/** How long a run that goes on shall be in all. */
import type { TrainingLength } from '../../src-main/contract/recipe'
import type { RunInfo } from '../../src-main/contract/run'

/** The whole length of the run, counted from its beginning, when it learns for some minutes more or several times as long. */
export function longerBy(
  { seconds, epoch }: Pick<RunInfo, 'seconds' | 'epoch'>,
  more: { readonly minutes: number } | { readonly factor: number },
): TrainingLength {
  if ('minutes' in more) return { epochs: null, minutes: seconds / 60 + more.minutes, steps: null }
  return { epochs: Math.max(1, Math.ceil(epoch * more.factor)), minutes: null, steps: null }
}
