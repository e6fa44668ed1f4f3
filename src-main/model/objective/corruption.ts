/** Denoising (Vincent et al. 2008): the encoder sees a damaged picture, the clean one is to be rebuilt. */
import * as tf from '@tensorflow/tfjs-core'
import type { ObjectiveRecipe } from '../../contract/recipe'
import type { Random } from '../random'

export type Corruption = ObjectiveRecipe['corruption']

/**
 * x [b, h, w, c] with the recipe's damage: x + sigma eps with eps ~ N(0, 1), a share of values hidden as 0, or a share of
 * them made black or white in equal parts. Within a `tidy`.
 */
export function corrupt(x: tf.Tensor4D, corruption: Corruption, random: Random): tf.Tensor4D {
  switch (corruption.kind) {
    case 'none':
      return x
    case 'gaussian':
      return tf.add(x, tf.mul(tf.tensor4d(random.normals(x.size), x.shape), corruption.sigma))
    case 'mask':
      return tf.mul(x, tf.tensor4d(random.mask(x.size, corruption.share), x.shape))
    case 'salt-and-pepper': {
      const draws = tf.tensor4d(random.uniforms(x.size), x.shape)
      const [salt, damaged] = [tf.less(draws, corruption.share / 2), tf.less(draws, corruption.share)]
      return tf.where(salt, tf.onesLike(x), tf.where(damaged, tf.zerosLike(x), x))
    }
  }
}
