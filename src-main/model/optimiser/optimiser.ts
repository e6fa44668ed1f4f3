/** What turns a gradient into new weights; everything is one flat vector [parameters]. */
import type * as tf from '@tensorflow/tfjs-core'

export interface Optimiser {
  /** The moments it keeps, by name; they belong to it. */
  readonly moments: Readonly<Record<string, tf.Tensor1D>>
  /** New weights for a finite gradient, already scaled by `scale`. Neither input is disposed of. */
  update(weights: tf.Tensor1D, gradient: tf.Tensor1D, scale: number, learningRate: number): tf.Tensor1D
  /** Updates made, for a checkpoint. */
  readonly updates: number
  /** Goes on from saved moments [parameters] and their number of updates. */
  restore(moments: Readonly<Record<string, Float32Array>>, updates: number): void
  dispose(): void
}
