/**
 * Adam (Kingma & Ba 2015): m <- b1 m + (1 - b1) g, v <- b2 v + (1 - b2) g^2, w <- w - rate m^ / (sqrt(v^) + 1e-8), with m^ and v^
 * corrected for their start at zero; and decoupled weight decay, w <- w - rate decay w on kernels (Loshchilov & Hutter 2019).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { OptimiserRecipe } from '../../contract/recipe'
import { Moments } from './moments'
import type { Optimiser } from './optimiser'

const epsilon = 1e-8

export class Adam implements Optimiser {
  private readonly kept: Moments
  private readonly decay: tf.Tensor1D | null
  private count = 0

  constructor(
    private readonly recipe: OptimiserRecipe,
    length: number,
    decayMask: Float32Array,
  ) {
    this.kept = new Moments(['m', 'v'], length)
    this.decay = recipe.weightDecay > 0 ? tf.keep(tf.tensor1d(decayMask)) : null
  }

  get moments(): Readonly<Record<string, tf.Tensor1D>> {
    return this.kept.all
  }

  get updates(): number {
    return this.count
  }

  update(weights: tf.Tensor1D, gradient: tf.Tensor1D, scale: number, learningRate: number): tf.Tensor1D {
    const { beta1, beta2, weightDecay } = this.recipe
    this.count++
    // both corrections in scalars: rate m^ / (sqrt(v^) + e) = (rate c / (1 - b1^t)) m / (sqrt(v) + e c), c = sqrt(1 - b2^t)
    const correction = Math.sqrt(1 - beta2 ** this.count)
    const rate = (learningRate * correction) / (1 - beta1 ** this.count)
    return tf.tidy(() => {
      const g = scale === 1 ? gradient : tf.mul<tf.Tensor1D>(gradient, scale)
      const m = tf.add<tf.Tensor1D>(tf.mul(this.kept.get('m'), beta1), tf.mul(g, 1 - beta1))
      const v = tf.add<tf.Tensor1D>(tf.mul(this.kept.get('v'), beta2), tf.mul(tf.square(g), 1 - beta2))
      this.kept.set('m', m)
      this.kept.set('v', v)
      const step = tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon * correction)), rate)
      const moved = tf.sub<tf.Tensor1D>(weights, step)
      if (this.decay === null) return moved
      return tf.sub<tf.Tensor1D>(moved, tf.mul(tf.mul(weights, this.decay), learningRate * weightDecay))
    })
  }

  restore(moments: Readonly<Record<string, Float32Array>>, updates: number): void {
    this.kept.load(moments)
    this.count = updates
  }

  dispose(): void {
    this.kept.dispose()
    this.decay?.dispose()
  }
}
