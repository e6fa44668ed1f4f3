/** Trains a {@link Vae}: one step a batch, everything a checkpoint needs in a {@link TrainingState}. */
import type * as tf from '@tensorflow/tfjs-core'
import type { NamedArray } from './parameters'
import type { Vae } from './vae'
import type { HeldOutFigures } from './evaluation'

/**
 * All that a checkpoint holds, as plain numbers: weights as `weights/<name>`, their moving average as `average/<name>`, the optimiser's
 * moments as `optimiser/<name>`; the step, the running noise level and the rest in `numbers`. Random numbers are a
 * function of seed and step, so `step` is their position.
 */
export interface TrainingState {
  readonly numbers: Record<string, number>
  readonly tensors: Record<string, NamedArray>
}

/** What one step did; nats are sums over pixels, means over the batch. */
export interface StepReport {
  /** Steps taken so far, this one included, skipped ones too. */
  readonly step: number
  /** reconstruction + kl (whatever beta is) */
  readonly negativeElbo: number
  readonly reconstruction: number
  readonly kl: number
  /** Global norm of the gradient before clipping; NaN or Infinity when it was not finite. */
  readonly gradientNorm: number
  readonly learningRate: number
  /** The KL's weight at this step. */
  readonly beta: number
  /** Whether this step was left out because it was not finite or exploded; the weights are as before. */
  readonly skipped: boolean
  /** Steps left out so far. */
  readonly skippedSoFar: number
  /** Latents whose posterior mean varies within the batch: Var(mu) > 0.01. */
  readonly activeUnits: number
}

export interface TrainerOptions {
  readonly seed: number
  /** The horizon of schedules (cosine, KL warm-up); null trains at a constant rate until stopped. */
  readonly totalSteps: number | null
}

export declare class Trainer {
  constructor(vae: Vae, options: TrainerOptions)
  /** Steps taken so far. */
  readonly stepCount: number
  totalSteps: number | null
  /**
   * One step on a batch [b, h, w, c] in 0..1, which stays its owner's. A step that is not finite or explodes is
   * skipped and counted. Throws `training-diverged` after 100 skipped in a row.
   */
  step(batch: tf.Tensor4D): Promise<StepReport>
  /** Everything a later {@link restore} needs for the same further losses. */
  snapshot(): Promise<TrainingState>
  /** Goes on from a snapshot. Throws `checkpoint-damaged` when it is of another model. */
  restore(state: TrainingState): void
  /** Runs `work` while the model holds the averaged weights (the trained ones where there is no average). Steps meanwhile throw: keep it in one task of the queue. */
  withAveragedWeights<T>(work: () => T | Promise<T>): Promise<T>
  /** Figures over batches [b, h, w, c] with the averaged weights; disposes of each batch. */
  evaluate(batches: Iterable<tf.Tensor4D> | AsyncIterable<tf.Tensor4D>): Promise<HeldOutFigures>
  /** Frees the optimiser's tensors; the model stays its owner's. */
  dispose(): void
}
