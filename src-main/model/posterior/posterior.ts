/** q(z|x): what the encoder says about the latent of a picture. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Prior } from '../prior/prior'
import type { Random } from '../random'

/** q's parameters for a batch: means [b, latent] and log-variances [b, latent], null where q is a point. */
export interface PosteriorParameters {
  readonly mu: tf.Tensor2D
  readonly logvar: tf.Tensor2D | null
}

export interface Posterior {
  /** The linear maps from features to one number a latent dimension that it needs, with the gain they begin with. */
  readonly heads: readonly { readonly name: string; readonly gain: number }[]
  /** What the heads give, each [b, latent] -> q's parameters */
  parameters(heads: readonly tf.Tensor2D[]): PosteriorParameters
  /** z ~ q(z|x), [b, latent], differentiable in the parameters */
  sample(parameters: PosteriorParameters, random: Random): tf.Tensor2D
  /** KL(q || p), nats a dimension [b, latent] */
  kl(parameters: PosteriorParameters, prior: Prior): tf.Tensor2D
  /** log q(z|x) in nats, [b]; null where q is a point and has no density */
  logDensity(z: tf.Tensor2D, parameters: PosteriorParameters): tf.Tensor1D | null
}
