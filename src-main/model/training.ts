/** Trains a {@link Vae}: one step a batch, everything a checkpoint needs in a {@link TrainingState}. */
import * as tf from '@tensorflow/tfjs-core'
import { VariaError } from '../contract/errors'
import { evaluate, type HeldOutFigures } from './evaluation'
import { activeUnits } from './metrics'
import { betaAt } from './objective/elbo'
import { lossGradient } from './objective/loss-gradient'
import type { Optimiser } from './optimiser/optimiser'
import { makeOptimiser } from './optimiser/registry'
import { averageDecayAt, learningRateAt } from './optimiser/schedule'
import type { NamedArray } from './parameters'
import { SkipRule } from './skip-rule'
import type { TrainingState } from './state'
import { readWeights, type Vae } from './vae'

export type { TrainingState } from './state'
export type { HeldOutFigures } from './evaluation'

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
  /** Of the noise; the weights had theirs in `buildVae`. */
  readonly seed: number
  /** The horizon of schedules (cosine, KL warm-up); null trains at a constant rate until stopped. */
  readonly totalSteps: number | null
}

/** Skipped steps in a row after which a run has diverged. */
const patience = 100
/** How much of the noise level is renewed each step. */
const noiseRenewal = 0.02
/** Of normalisation's running averages where the weights have none to keep pace with. */
const statisticsDecay = 0.99

export class Trainer {
  /** The horizon of schedules; may be moved to train longer. */
  totalSteps: number | null
  private readonly seed: number
  private readonly optimiser: Optimiser
  private average: tf.Tensor1D | null
  private steps = 0
  private readonly skips: SkipRule
  private meanSquare = 0
  private lent = false

  constructor(
    readonly vae: Vae,
    { seed, totalSteps }: TrainerOptions,
  ) {
    const { optimiser } = vae.recipe
    this.seed = seed
    this.totalSteps = totalSteps
    this.skips = new SkipRule(optimiser)
    this.optimiser = makeOptimiser(optimiser, vae.parameters.decayMask())
    this.average = optimiser.ema > 0 ? tf.keep(tf.clone(vae.parameters.flat)) : null
  }

  /** Steps taken so far, skipped ones too. */
  get stepCount(): number {
    return this.steps
  }

  /**
   * One step on a batch [b, h, w, c] in 0..1, which stays its owner's. A step that is not finite or explodes is
   * skipped and counted. Throws `training-diverged` after 100 skipped in a row.
   */
  async step(batch: tf.Tensor4D): Promise<StepReport> {
    if (this.lent) throw new Error('a step was asked for while the averaged weights are in place')
    const { recipe, parameters } = this.vae
    const beta = betaAt(this.steps, recipe.objective, this.totalSteps)
    const learningRate = learningRateAt(this.steps, recipe.optimiser, this.totalSteps)
    const { figures, gradient, mu, seen } = lossGradient(this.vae, batch, { beta, seed: this.seed, step: this.steps })
    try {
      const [loss = NaN, reconstruction = NaN, kl = NaN, squaredNorm = NaN, meanSquare = NaN] = await figures.data()
      const means = await mu.data<'float32'>()
      const gradientNorm = Math.sqrt(squaredNorm)
      const skipped = this.skips.judge(loss, gradientNorm)
      this.steps++
      if (!skipped) {
        const { clipNorm } = recipe.optimiser
        const scale = clipNorm > 0 && gradientNorm > clipNorm ? clipNorm / gradientNorm : 1
        parameters.assign(this.optimiser.update(parameters.flat, gradient, scale, learningRate))
        this.follow(meanSquare, seen)
      }
      if (this.skips.inARow >= patience) throw diverged(this.steps)
      return {
        step: this.steps,
        negativeElbo: reconstruction + kl,
        reconstruction,
        kl,
        gradientNorm,
        learningRate,
        beta,
        skipped,
        skippedSoFar: this.skips.total,
        activeUnits: activeUnits(means, this.vae.latent),
      }
    } finally {
      tf.dispose([figures, gradient, mu, seen])
    }
  }

  /** Everything a later {@link restore} needs for the same further losses. */
  async snapshot(): Promise<TrainingState> {
    const { parameters } = this.vae
    const tensors: Record<string, NamedArray> = parameters.name(await read(parameters.flat), 'weights/')
    Object.assign(tensors, this.vae.statistics.name(await read(this.vae.statistics.flat), 'statistics/'))
    if (this.average !== null) Object.assign(tensors, parameters.name(await read(this.average), 'average/'))
    for (const [name, moment] of Object.entries(this.optimiser.moments)) {
      tensors[`optimiser/${name}`] = { shape: [moment.size], data: await read(moment) }
    }
    const numbers: Record<string, number> = {
      step: this.steps,
      seed: this.seed,
      updates: this.optimiser.updates,
      hasAverage: this.average === null ? 0 : 1,
      meanSquare: this.meanSquare,
      ...this.skips.state,
    }
    if (this.totalSteps !== null) numbers.totalSteps = this.totalSteps
    if (this.vae.logSigma !== null) numbers.logSigma = this.vae.logSigma
    return { numbers, tensors }
  }

  /**
   * Goes on from a snapshot; the horizon stays the one this trainer was given. Throws `checkpoint-damaged`, and
   * changes nothing, when it is of another model.
   */
  restore(state: TrainingState): void {
    const { parameters } = this.vae
    const { numbers, tensors } = state
    const [weights, statistics, average] = readWeights(() => [
      parameters.unname(tensors, 'weights/'),
      this.vae.statistics.unname(tensors, 'statistics/'),
      this.average === null ? null : parameters.unname(tensors, 'average/'),
    ])
    const moments: Record<string, Float32Array> = {}
    for (const name of Object.keys(this.optimiser.moments)) {
      const moment = tensors[`optimiser/${name}`]
      if (moment !== undefined) moments[name] = moment.data
    }
    readWeights(() => this.optimiser.restore(moments, numbers.updates ?? 0))
    parameters.assign(tf.tensor1d(weights as Float32Array))
    this.vae.statistics.assign(tf.tensor1d(statistics as Float32Array))
    if (average !== null) this.setAverage(tf.tensor1d(average as Float32Array))
    this.steps = numbers.step ?? 0
    this.meanSquare = numbers.meanSquare ?? 0
    this.skips.restore(numbers)
    this.vae.logSigma = numbers.logSigma ?? null
  }

  /**
   * Runs `work` while the model holds the averaged weights (the trained ones where there is no average). Steps in the
   * meantime throw: keep all of it in one task of the device's queue.
   */
  async withAveragedWeights<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.average === null) return work()
    if (this.lent) throw new Error('the averaged weights are in place already')
    const { parameters } = this.vae
    const trained = tf.keep(tf.clone(parameters.flat))
    this.lent = true
    parameters.assign(tf.clone(this.average))
    try {
      return await work()
    } finally {
      parameters.assign(trained)
      this.lent = false
    }
  }

  /** Figures over batches [b, h, w, c] with the averaged weights; disposes of each batch. */
  evaluate(batches: Iterable<tf.Tensor4D> | AsyncIterable<tf.Tensor4D>): Promise<HeldOutFigures> {
    return this.withAveragedWeights(() => evaluate(this.vae, batches))
  }

  /** Frees the optimiser's tensors and the average; the model stays its owner's. */
  dispose(): void {
    this.optimiser.dispose()
    this.average?.dispose()
    this.average = null
  }

  /** After an update: the moving average of the weights and, where it is learnt, the noise level. */
  private follow(meanSquare: number, seen: tf.Tensor1D): void {
    const { parameters, statistics, recipe } = this.vae
    const decay = averageDecayAt(this.optimiser.updates, recipe.optimiser.ema)
    if (this.average !== null) this.setAverage(blend(this.average, parameters.flat, decay))
    if (statistics.count > 0) {
      // the statistics follow as slowly as the averaged weights, which are what they are used with
      statistics.assign(blend(statistics.flat, seen, this.average === null ? statisticsDecay : decay))
    }
    if (this.vae.likelihood.learnsNoise) {
      const renewal = Math.max(noiseRenewal, 1 / this.optimiser.updates)
      this.meanSquare += renewal * (meanSquare - this.meanSquare)
      this.vae.logSigma = this.vae.likelihood.logSigmaOf(this.meanSquare)
    }
  }

  private setAverage(average: tf.Tensor1D): void {
    this.average?.dispose()
    this.average = tf.keep(average)
  }
}

/** decay before + (1 - decay) now */
function blend(before: tf.Tensor1D, now: tf.Tensor1D, decay: number): tf.Tensor1D {
  return tf.tidy(() => tf.add<tf.Tensor1D>(tf.mul(before, decay), tf.mul(now, 1 - decay)))
}

/** A copy of a tensor's values: on some backends `data` hands out memory that the tensor goes on using. */
async function read(tensor: tf.Tensor1D): Promise<Float32Array> {
  return (await tensor.data<'float32'>()).slice()
}

function diverged(step: number): VariaError {
  return new VariaError({
    code: 'training-diverged',
    message: `Training ran away: the last ${patience} steps up to step ${step} gave no usable numbers. The last good weights are kept.`,
    remedy: 'Lower the learning rate to a third and train again from the last checkpoint.',
    subject: 'optimiser.learningRate',
  })
}
