/**
 * What the loop itself must find again in a checkpoint, beside the trainer's state: the time trained, and what keeping
 * the best epoch needs. Kept among the state's numbers under `loop/`, so that one file holds all of a run.
 */
import { type TrainingState } from '../../model/training'

export interface LoopNumbers {
  /** Seconds trained. */
  readonly seconds: number
  /** The best validation loss so far, Infinity before the first. */
  readonly best: number
  /** Validations since then. */
  readonly sinceBest: number
  /** Steps at the last validation. */
  readonly validatedAt: number
}

export const freshNumbers: LoopNumbers = { seconds: 0, best: Infinity, sinceBest: 0, validatedAt: 0 }

const prefix = 'loop/'
/** JSON and the file's check for finite numbers know no Infinity. */
const never = Number.MAX_VALUE

/** A trainer's snapshot with the loop's numbers in it. */
export function withLoopNumbers(state: TrainingState, loop: LoopNumbers): TrainingState {
  return {
    tensors: state.tensors,
    numbers: {
      ...state.numbers,
      [`${prefix}seconds`]: loop.seconds,
      [`${prefix}best`]: Math.min(loop.best, never),
      [`${prefix}sinceBest`]: loop.sinceBest,
      [`${prefix}validatedAt`]: loop.validatedAt,
    },
  }
}

/** Takes a checkpoint's state apart into what the trainer restores and what the loop does. */
export function splitLoopNumbers(state: TrainingState): { trainer: TrainingState; loop: LoopNumbers } {
  const own = Object.entries(state.numbers).filter(([name]) => name.startsWith(prefix))
  const loop = Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]))
  const numbers = Object.fromEntries(Object.entries(state.numbers).filter(([name]) => !name.startsWith(prefix)))
  const best = loop.best ?? never
  return {
    trainer: { tensors: state.tensors, numbers },
    loop: {
      seconds: loop.seconds ?? 0,
      best: best >= never ? Infinity : best,
      sinceBest: loop.sinceBest ?? 0,
      validatedAt: loop.validatedAt ?? 0,
    },
  }
}
