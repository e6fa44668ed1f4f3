/** Denoising (Vincent et al. 2008): the encoder sees a damaged picture, the clean one is to be rebuilt. */
import * as tf from '@tensorflow/tfjs-core'
import type { ObjectiveRecipe } from '../../contract/recipe'
import type { Random } from '../random'

export type Corruption = ObjectiveRecipe['corruption']

/** x [b, h, w, c] with the recipe's damage. */
export function corrupt(x: tf.Tensor4D, corruption: Corruption, random: Random): tf.Tensor4D {
  switch (corruption.kind) {
    case 'none':
      return x
    case 'gaussian': {
      const noise = random.normals(x.size).map((value) => value * corruption.sigma)
      return tf.add(x, tf.tensor4d(noise, x.shape))
    }
    case 'mask':
      return tf.mul(x, tf.tensor4d(random.mask(x.size, corruption.share), x.shape))
    case 'salt-and-pepper': {
      const draws = random.uniforms(x.size)
      const kept = draws.map((value) => (value < corruption.share ? 0 : 1))
      const salt = draws.map((value) => (value < corruption.share / 2 ? 1 : 0))
      return tf.add(tf.mul(x, tf.tensor4d(kept, x.shape)), tf.tensor4d(salt, x.shape))
    }
  }
}
