/** p(z) = N(0, I); KL(N(mu, s^2) || N(0, 1)) = (mu^2 + s^2 - log s^2 - 1) / 2 (Kingma & Welling 2014, appendix B). */
import * as tf from '@tensorflow/tfjs-core'
import type { Prior } from './prior'

const logTwoPi = Math.log(2 * Math.PI)

export const standardNormal: Prior = {
  logDensity: (z) => tf.sum<tf.Tensor1D>(tf.mul(tf.add(tf.square(z), logTwoPi), -0.5), 1),
  klFromGaussian: (mu, logvar) =>
    tf.mul<tf.Tensor2D>(tf.sub(tf.add(tf.square(mu), tf.exp(logvar)), tf.add(logvar, 1)), 0.5),
  sample: (count, latent, random) => random.normals(count * latent),
}
