/**
 * x ~ N(output, sigma^2) with the sigma that fits best: sigma^2 = mean (x - output)^2 over batch and values (Rybkin, Daniilidis &
 * Levine 2021, "Simple and effective VAE training with calibrated decoders"). log sigma is softly kept above a least value.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Likelihood } from './likelihood'

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI)

/** least + softplus(log sigma - least) */
export function optimalSigma(least: number): Likelihood {
  const softly = (logSigma: number): number => {
    const above = logSigma - least
    return least + (above > 0 ? above + Math.log1p(Math.exp(-above)) : Math.log1p(Math.exp(above)))
  }
  return {
    continuous: true,
    learnsNoise: true,
    mean: (output) => output,
    negativeLog: (x, output, known) => {
      const values = x.size / (x.shape[0] || 1)
      const squared = tf.sum<tf.Tensor1D>(tf.squaredDifference(x, output), [1, 2, 3]) // [b]
      if (known !== null) {
        return tf.add(tf.mul(squared, 0.5 * Math.exp(-2 * known)), values * (known + halfLogTwoPi))
      }
      const meanSquare = tf.add(tf.div(tf.mean(squared), values), 1e-12)
      const logSigma = tf.add(tf.softplus(tf.sub(tf.mul(tf.log(meanSquare), 0.5), least)), least)
      const scaled = tf.mul(squared, tf.mul(tf.exp(tf.mul(logSigma, -2)), 0.5))
      return tf.add<tf.Tensor1D>(scaled, tf.mul(tf.add(logSigma, halfLogTwoPi), values))
    },
    logSigmaOf: (meanSquaredError) => softly(0.5 * Math.log(meanSquaredError + 1e-12)),
  }
}
