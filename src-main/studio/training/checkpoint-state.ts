/**
 * A checkpoint's state: the trainer's, with what the loop itself must find again beside it (the time trained, and what
 * keeping the best epoch needs) among its numbers under `loop/`, so that one file holds all of a run.
 *
 * In the file a tensor's name is no path: the trainer's `average/decoder.dense.kernel` is `average.decoder.dense.kernel`.
 */
import { type TrainingState } from '../../model/training'
import { type ValidationNumbers } from './validations'

export interface LoopNumbers extends ValidationNumbers {
  /** Seconds trained. */
  readonly seconds: number
}

export const freshNumbers: LoopNumbers = { seconds: 0, best: Infinity, sinceBest: 0, validatedAt: 0 }

const prefix = 'loop/'
/** The file's check for finite numbers knows no Infinity. */
const never = Number.MAX_VALUE

/** A trainer's snapshot and the loop's numbers as a checkpoint holds them. */
export function storedState(state: TrainingState, loop: LoopNumbers): TrainingState {
  const tensors = Object.entries(state.tensors).map(([name, tensor]) => [name.replace('/', '.'), tensor] as const)
  return {
    tensors: Object.fromEntries(tensors),
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
export function readState(state: TrainingState): { trainer: TrainingState; loop: LoopNumbers } {
  const own = Object.entries(state.numbers).filter(([name]) => name.startsWith(prefix))
  const loop = Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]))
  const numbers = Object.fromEntries(Object.entries(state.numbers).filter(([name]) => !name.startsWith(prefix)))
  const tensors = Object.entries(state.tensors).map(([name, tensor]) => [name.replace('.', '/'), tensor] as const)
  const best = loop.best ?? never
  return {
    trainer: { tensors: Object.fromEntries(tensors), numbers },
    loop: {
      seconds: loop.seconds ?? 0,
      best: best < never ? best : Infinity,
      sinceBest: loop.sinceBest ?? 0,
      validatedAt: loop.validatedAt ?? 0,
    },
  }
}
