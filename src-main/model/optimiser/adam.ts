/**
 * Adam (Kingma & Ba 2015): m <- b1 m + (1 - b1) g, v <- b2 v + (1 - b2) g^2, w <- w - rate m^ / (sqrt(v^) + 1e-8), with m^ and v^
 * corrected for their start at zero.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { OptimiserRecipe } from '../../contract/recipe'
import type { UpdateRule } from './moving-optimiser'

const epsilon = 1e-8
/** A kernel that a backend may have, which makes all of an update in one pass; see compute's native kernels. */
const fused = 'AdamUpdate'

export function adam({ beta1, beta2 }: OptimiserRecipe): UpdateRule {
  return {
    moments: ['m', 'v'],
    update: (weights, gradient, { m, v }, learningRate, count) => {
      // both corrections in scalars: rate m^ / (sqrt(v^) + e) = (rate c / (1 - b1^t)) m / (sqrt(v) + e c), c = sqrt(1 - b2^t)
      const correction = Math.sqrt(1 - beta2 ** count)
      const rate = (learningRate * correction) / (1 - beta1 ** count)
      const given = { weights, gradient, m: m as tf.Tensor1D, v: v as tf.Tensor1D }
      const attributes = { rate, beta1, beta2, epsilon: epsilon * correction }
      const [moved, first, second] = hasFused() ? inOnePass(given, attributes) : inSmallSteps(given, attributes)
      return { weights: moved, moments: { m: first, v: second } }
    },
  }
}

interface Given extends tf.NamedTensorMap {
  readonly weights: tf.Tensor1D
  readonly gradient: tf.Tensor1D
  readonly m: tf.Tensor1D
  readonly v: tf.Tensor1D
}

interface Attributes {
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** New weights, m and v. */
type Updated = [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D]

function hasFused(): boolean {
  return tf.getKernel(fused, tf.getBackend()) !== undefined
}

function inOnePass(given: Given, attributes: Attributes): Updated {
  return tf.engine().runKernel(fused, given, { ...attributes }) as unknown as Updated
}

function inSmallSteps(
  { weights, gradient, ...moments }: Given,
  { rate, beta1, beta2, epsilon: e }: Attributes,
): Updated {
  const m = tf.add<tf.Tensor1D>(tf.mul(moments.m, beta1), tf.mul(gradient, 1 - beta1))
  const v = tf.add<tf.Tensor1D>(tf.mul(moments.v, beta2), tf.mul(tf.square(gradient), 1 - beta2))
  const step = tf.mul(tf.div(m, tf.add(tf.sqrt(v), e)), rate)
  return [tf.sub(weights, step), m, v]
}
