/**
 * q(z|x) = N(mu, diag(exp(logvar))), drawn by the reparameterisation trick z = mu + exp(logvar / 2) eps (Kingma & Welling 2014).
 * log-variances go through 10 tanh(x / 10), the soft clamp of NVAE (Vahdat & Kautz 2020): no step can make them run away.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Posterior, PosteriorParameters } from './posterior'

const bound = 10
const logTwoPi = Math.log(2 * Math.PI)

export const gaussian: Posterior = {
  // log-variances begin at the prior's, 0
  heads: [
    { name: 'mu', gain: 1 },
    { name: 'logvar', gain: 0 },
  ],
  parameters: (heads) => {
    const [mu, raw] = heads as [tf.Tensor2D, tf.Tensor2D]
    return { mu, logvar: tf.mul<tf.Tensor2D>(tf.tanh(tf.mul(raw, 1 / bound)), bound) }
  },
  sample: (parameters, random) => {
    const { mu, logvar } = gaussianOnly(parameters)
    const eps = tf.tensor2d(random.normals(mu.size), mu.shape)
    return tf.add<tf.Tensor2D>(mu, tf.mul(tf.exp(tf.mul(logvar, 0.5)), eps))
  },
  kl: (parameters, prior) => {
    const { mu, logvar } = gaussianOnly(parameters)
    return prior.klFromGaussian(mu, logvar)
  },
  logDensity: (z, parameters) => {
    const { mu, logvar } = gaussianOnly(parameters)
    const distance = tf.mul(tf.square(tf.sub(z, mu)), tf.exp(tf.neg(logvar)))
    return tf.sum<tf.Tensor1D>(tf.mul(tf.add(tf.add(distance, logvar), logTwoPi), -0.5), 1)
  },
}

function gaussianOnly({ mu, logvar }: PosteriorParameters): { mu: tf.Tensor2D; logvar: tf.Tensor2D } {
  if (logvar === null) throw new Error('a Gaussian posterior has log-variances')
  return { mu, logvar }
}
