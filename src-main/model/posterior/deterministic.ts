/** q(z|x) is a point: an autoencoder. It has no density, and the KL is left out. */
import * as tf from '@tensorflow/tfjs-core'
import type { Posterior } from './posterior'

export const deterministic: Posterior = {
  heads: [{ name: 'mu', gain: 1 }],
  parameters: (heads) => ({ mu: heads[0] as tf.Tensor2D, logvar: null }),
  sample: ({ mu }) => mu,
  kl: ({ mu }) => tf.mul<tf.Tensor2D>(mu, 0),
  logDensity: () => null,
}
