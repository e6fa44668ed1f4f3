/**
 * x ~ Bernoulli(sigmoid(l)) for each value, l the decoder's output; grey values count as probabilities.
 * -log p = softplus(l) - x l, which is stable for every l; its gradient is sigmoid(l) - x, written out to save operations.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Likelihood } from './likelihood'

const crossEntropy = tf.customGrad((...inputs) => {
  const [logits, x, save] = inputs as [tf.Tensor, tf.Tensor, tf.GradSaveFunc]
  save([logits, x])
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
    const [l, target] = saved as [tf.Tensor, tf.Tensor]
    // the target is data: its gradient is never asked for, but tfjs wants one for each input
    return [tf.mul(dy, tf.sub(tf.sigmoid(l), target)), tf.mul(dy, tf.neg(l))]
  }
  return { value: tf.sub(tf.softplus(logits), tf.mul(x, logits)), gradFunc }
})

export const bernoulli: Likelihood = {
  continuous: false,
  learnsNoise: false,
  mean: (output) => tf.sigmoid(output),
  negativeLog: (x, output) => tf.sum<tf.Tensor1D>(crossEntropy(output, x), [1, 2, 3]),
  logSigmaOf: () => 0,
}
