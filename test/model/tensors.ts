/** Small tensors for tests on plain JavaScript, the backend that is exact from run to run. */
import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../../src-main/compute/backend'
import { Random } from '../../src-main/model/random'

await activateBackend('cpu')

/** Standard normals of a shape. */
export function normals<R extends tf.Rank>(seed: number, ...shape: number[]): tf.Tensor<R> {
  const length = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(Random.for(seed, 'test').normals(length), shape as tf.ShapeMap[R])
}

/** Uniforms in 0..1 of a shape. */
export function uniforms<R extends tf.Rank>(seed: number, ...shape: number[]): tf.Tensor<R> {
  const length = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(Random.for(seed, 'test').uniforms(length), shape as tf.ShapeMap[R])
}

export function numbers(tensor: tf.Tensor): number[] {
  return [...tensor.dataSync<'float32'>()]
}
