/** A variational autoencoder put together from the parts its recipe names. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Recipe } from '../contract/recipe'
import type { PictureShape } from './pictures'
import type { TrainingState } from './training'

export type { PictureShape } from './pictures'

export interface Vae {
  readonly recipe: Recipe
  readonly shape: PictureShape
  /** Length of a latent vector. */
  readonly latent: number
  readonly parameterCount: number
  /** The posterior of pictures x [b, h, w, c] in 0..1: means [b, latent], log-variances [b, latent] or null where deterministic. */
  encode(x: tf.Tensor4D): { mu: tf.Tensor2D; logvar: tf.Tensor2D | null }
  /** The mean pictures [b, h, w, c] in 0..1 of latents z [b, latent]. */
  decode(z: tf.Tensor2D): tf.Tensor4D
  /** Latents [count, latent] drawn from the prior by `seed`, scaled by `temperature`. */
  sample(count: number, seed: number, temperature?: number): tf.Tensor2D
  /** Takes the weights of a checkpoint: the moving average unless `trained` is asked for. Throws `checkpoint-damaged` when they are of another model. */
  load(state: TrainingState, which?: 'average' | 'trained'): void
  /** Frees every tensor it owns. */
  dispose(): void
}
