/** Stochastic gradient descent with momentum: u <- momentum u + g, w <- w - rate (u + decay w), decay on kernels only. */
import * as tf from '@tensorflow/tfjs-core'
import type { OptimiserRecipe } from '../../contract/recipe'
import { Moments } from './moments'
import type { Optimiser } from './optimiser'

export class Sgd implements Optimiser {
  private readonly kept: Moments
  private readonly decay: tf.Tensor1D | null
  private count = 0

  constructor(
    private readonly recipe: OptimiserRecipe,
    length: number,
    decayMask: Float32Array,
  ) {
    this.kept = new Moments(recipe.momentum > 0 ? ['u'] : [], length)
    this.decay = recipe.weightDecay > 0 ? tf.keep(tf.tensor1d(decayMask)) : null
  }

  get moments(): Readonly<Record<string, tf.Tensor1D>> {
    return this.kept.all
  }

  get updates(): number {
    return this.count
  }

  update(weights: tf.Tensor1D, gradient: tf.Tensor1D, scale: number, learningRate: number): tf.Tensor1D {
    const { momentum, weightDecay } = this.recipe
    this.count++
    return tf.tidy(() => {
      const g = scale === 1 ? gradient : tf.mul<tf.Tensor1D>(gradient, scale)
      const u = momentum > 0 ? tf.add<tf.Tensor1D>(tf.mul(this.kept.get('u'), momentum), g) : g
      if (momentum > 0) this.kept.set('u', u)
      const moved = tf.sub<tf.Tensor1D>(weights, tf.mul(u, learningRate))
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
