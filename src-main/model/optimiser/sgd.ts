/** Stochastic gradient descent with momentum: u <- momentum u + g, w <- w - rate u. */
import * as tf from '@tensorflow/tfjs-core'
import type { OptimiserRecipe } from '../../contract/recipe'
import type { UpdateRule } from './moving-optimiser'

export function sgd({ momentum }: OptimiserRecipe): UpdateRule {
  return {
    moments: momentum > 0 ? ['u'] : [],
    update: (weights, gradient, { u }, learningRate) => {
      const pace = u === undefined ? gradient : tf.add<tf.Tensor1D>(tf.mul(u, momentum), gradient)
      const moved = tf.sub<tf.Tensor1D>(weights, tf.mul(pace, learningRate))
      return { weights: moved, moments: u === undefined ? {} : { u: pace } }
    },
  }
}
