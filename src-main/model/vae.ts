/**
 * A variational autoencoder put together from the parts its recipe names:
 * x -> encoder -> q(z|x) -> z -> decoder -> p(x|z), with a prior p(z) (Kingma & Welling 2014).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Recipe } from '../contract/recipe'
import { VariaError } from '../contract/errors'
import type { Likelihood } from './likelihood/likelihood'
import { makeLikelihood } from './likelihood/registry'
import { dense, type Forward, type Layer, type TrainingPass } from './network/layer'
import type { Network } from './network/network'
import { makeNetwork } from './network/registry'
import { Parameters } from './parameters'
import type { PictureShape } from './pictures'
import type { Posterior, PosteriorParameters } from './posterior/posterior'
import { makePosterior } from './posterior/registry'
import type { Prior } from './prior/prior'
import { makePrior } from './prior/registry'
import { Random } from './random'
import type { TrainingState } from './state'

export type { PictureShape } from './pictures'
export type { PosteriorParameters } from './posterior/posterior'

export class Vae {
  readonly recipe: Recipe
  readonly shape: PictureShape
  /** Length of a latent vector. */
  readonly latent: number
  readonly parameters: Parameters
  /** Running averages that normalisation keeps in training and computes with afterwards. */
  readonly statistics: Parameters
  readonly posterior: Posterior
  readonly prior: Prior
  readonly likelihood: Likelihood
  /** The noise level learnt in training, for likelihoods that have one; null before training. */
  logSigma: number | null = null
  private readonly network: Network
  private readonly heads: readonly Layer[]

  /** `recipe` is complete (see `completeRecipe`); initial weights are drawn by `seed`. */
  constructor(recipe: Recipe, shape: PictureShape, seed: number) {
    this.recipe = recipe
    this.shape = shape
    this.latent = recipe.latent
    this.posterior = makePosterior(recipe.posterior)
    this.prior = makePrior(recipe.prior)
    this.likelihood = makeLikelihood(recipe.likelihood)
    this.network = makeNetwork(recipe.network, shape, recipe.latent)
    this.heads = this.posterior.heads.map(({ name, gain }) =>
      dense(`encoder.${name}`, this.network.features, recipe.latent, gain),
    )
    const layers = [this.network.encoder, ...this.heads, this.network.decoder]
    this.parameters = new Parameters(
      layers.flatMap((layer) => layer.specs),
      seed,
    )
    this.statistics = new Parameters(
      layers.flatMap((layer) => layer.statistics),
      seed,
    )
  }

  get parameterCount(): number {
    return this.parameters.count
  }

  /** q(z|x) of pictures x [b, h, w, c] in 0..1; `training` is for the trainer. */
  encode(x: tf.Tensor4D, training: TrainingPass | null = null): PosteriorParameters {
    const forward = this.forward(training)
    const run = (): [tf.Tensor2D, tf.Tensor2D | null] => {
      const features = this.network.encoder.apply(x, forward)
      const heads = this.heads.map((head) => head.apply(features, forward) as tf.Tensor2D)
      const { mu, logvar } = this.posterior.parameters(heads)
      return [mu, logvar]
    }
    const [mu, logvar] = tf.tidy(run as () => [tf.Tensor2D, tf.Tensor2D])
    return { mu, logvar: logvar as tf.Tensor2D | null }
  }

  /** What the likelihood reads, logits or means [b, h, w, c], of latents z [b, latent]. */
  decoderOutput(z: tf.Tensor2D, training: TrainingPass | null = null): tf.Tensor4D {
    return tf.tidy(() => this.network.decoder.apply(z, this.forward(training)) as tf.Tensor4D)
  }

  /** The mean pictures [b, h, w, c] of latents z [b, latent], clipped to 0..1. */
  decode(z: tf.Tensor2D): tf.Tensor4D {
    return tf.tidy(() => tf.clipByValue(this.likelihood.mean(this.decoderOutput(z)), 0, 1))
  }

  /** Latents [count, latent] drawn from the prior by `seed`, scaled by `temperature`. */
  sample(count: number, seed: number, temperature = 1): tf.Tensor2D {
    const values = this.prior.sample(count, this.latent, Random.for(seed, 'prior'))
    return tf.tensor2d(
      values.map((value) => value * temperature),
      [count, this.latent],
    )
  }

  /** Takes the weights of a checkpoint: the moving average unless `trained` is asked for. Throws `checkpoint-damaged` when they are of another model. */
  load(state: TrainingState, which: 'average' | 'trained' = 'average'): void {
    const prefix = which === 'average' && state.numbers.hasAverage === 1 ? 'average/' : 'weights/'
    const values = readWeights(() => this.parameters.unname(state.tensors, prefix))
    const statistics = readWeights(() => this.statistics.unname(state.tensors, 'statistics/'))
    this.parameters.assign(tf.tensor1d(values))
    this.statistics.assign(tf.tensor1d(statistics))
    this.logSigma = state.numbers.logSigma ?? null
  }

  /** Frees every tensor it owns. */
  dispose(): void {
    this.parameters.dispose()
    this.statistics.dispose()
  }

  private forward(training: TrainingPass | null): Forward {
    return { weights: this.parameters, statistics: this.statistics, training }
  }
}

/** Turns a mismatch of weights into the error for a checkpoint that does not fit. */
export function readWeights<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new VariaError(
      {
        code: 'checkpoint-damaged',
        message: `The checkpoint does not fit its recipe: ${message}.`,
        remedy: 'Use an earlier checkpoint of the run.',
      },
      { cause },
    )
  }
}
