/** x ~ N(output, sigma^2) for each value. -log p = ((x - output) / sigma)^2 / 2 + log sigma + log(2 pi) / 2, summed. */
import * as tf from '@tensorflow/tfjs-core'
import type { Likelihood } from './likelihood'

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI)

/** Gaussian with the noise level that the recipe fixes. */
export function gaussian(sigma: number): Likelihood {
  const logSigma = Math.log(sigma)
  return {
    continuous: true,
    learnsNoise: false,
    mean: (output) => output,
    negativeLog: (x, output) => {
      const squared = tf.sum<tf.Tensor1D>(tf.squaredDifference(x, output), [1, 2, 3])
      return tf.add(tf.mul(squared, 0.5 / sigma ** 2), (x.size / (x.shape[0] || 1)) * (logSigma + halfLogTwoPi))
    },
    logSigmaOf: () => logSigma,
  }
}
