import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../../src-main/compute/backend'
import type { BackendName } from '../../../src-main/contract/backend'
import { batchNormalisation } from '../../../src-main/model/network/batch-normalisation'
import { Parameters } from '../../../src-main/model/parameters'
import { Random } from '../../../src-main/model/random'

const works = async (name: BackendName): Promise<boolean> =>
  activateBackend(name).then(
    () => true,
    () => false,
  )
const native = await works('tensorflow')

/** Output, gradients, mean and variance of a normalisation on a backend. */
async function normalise(backend: BackendName): Promise<number[]> {
  await activateBackend(backend)
  const layer = batchNormalisation('norm', 4)
  const weights = new Parameters(layer.specs, 1)
  const statistics = new Parameters(layer.statistics, 1)
  weights.assign(tf.tensor1d([1.5, 0.5, 1, 2, 0.1, -0.2, 0.3, 0]))
  const draw = (what: string): tf.Tensor4D => tf.tensor4d(Random.for(1, what).normals(8 * 5 * 6 * 4), [8, 5, 6, 4])
  const [x, target] = [draw('x'), draw('target')]
  const recorded: tf.Tensor[] = []
  const record = (_: string, value: tf.Tensor): void => void recorded.push(tf.keep(value))
  let y: tf.Tensor = x
  const loss = (input: tf.Tensor): tf.Scalar => {
    y = tf.keep(layer.apply(input, { weights, statistics, training: { chance: Random.for(1), record } }))
    return tf.sum(tf.mul(y, target))
  }
  const { grads } = tf.valueAndGrads(loss)([x, ...weights.views])
  return [y, ...grads, ...recorded].flatMap((tensor) => [...tensor.dataSync<'float32'>()])
}

describe.runIf(native)('batch normalisation by TensorFlow’s fused operations', () => {
  it('gives what the small operations give: pictures, gradients and statistics', async () => {
    const [fused, composed] = [await normalise('tensorflow'), await normalise('cpu')]
    expect(fused.length).toBe(composed.length)
    fused.forEach((value, i) => expect(Math.abs(value - (composed[i] ?? NaN))).toBeLessThan(1e-3))
  })
})
