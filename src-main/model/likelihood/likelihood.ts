/** p(x|z): what the decoder's output says about a picture. */
import type * as tf from '@tensorflow/tfjs-core'

export interface Likelihood {
  /** Whether log p is a density over real values, so that it can be positive. */
  readonly continuous: boolean
  /** The mean of p(x|z), same shape as the decoder's output. */
  mean(output: tf.Tensor4D): tf.Tensor4D
  /**
   * -log p(x|z), nats summed over a picture's values, [b].
   * `logSigma` is the noise level learnt so far; null, in training, takes the one that fits the batch. Likelihoods without one
   * ignore it.
   */
  negativeLog(x: tf.Tensor4D, output: tf.Tensor4D, logSigma: number | null): tf.Tensor1D
  /** Whether the trainer is to follow the noise level: the root of the mean squared error it sees. */
  readonly learnsNoise: boolean
  /** The log sigma for a mean squared error; only of a likelihood that learns its noise. */
  logSigmaOf(meanSquaredError: number): number
}
