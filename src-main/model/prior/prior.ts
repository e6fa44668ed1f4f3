/** p(z): how latents are distributed before a picture is seen. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Random } from '../random'

export interface Prior {
  /** log p(z) in nats, [b, latent] -> [b] */
  logDensity(z: tf.Tensor2D): tf.Tensor1D
  /** KL(N(mu, exp(logvar)) || p) in closed form, nats a dimension [b, latent] */
  klFromGaussian(mu: tf.Tensor2D, logvar: tf.Tensor2D): tf.Tensor2D
  /** count latents, row by row */
  sample(count: number, latent: number, random: Random): Float32Array
}
