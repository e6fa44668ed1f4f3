import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../../src-main/compute/backend'
import type { BackendName } from '../../../src-main/contract/backend'
import type { Forward } from '../../../src-main/model/network/layer'
import { activation } from '../../../src-main/model/network/activation'
import { Parameters } from '../../../src-main/model/parameters'
import { numbers } from '../tensors'

const nothing = new Parameters([], 1)
const forward: Forward = { weights: nothing, statistics: nothing, training: null }
const points = [-8, -1.5, -0.3, 0.2, 1, 6]
const weights = points.map((_, i) => i + 1)

const closedForms = {
  relu: (x: number) => Math.max(0, x),
  'leaky-relu': (x: number) => Math.max(0.1 * x, x),
  silu: (x: number) => x / (1 + Math.exp(-x)),
  tanh: Math.tanh,
} as const

const native = await activateBackend('tensorflow').then(
  () => true,
  () => false,
)
const backends: BackendName[] = native ? ['cpu', 'tensorflow'] : ['cpu']

describe.each(backends)('activations on %s', (backend) => {
  it.each(Object.entries(closedForms))('%s and its gradient follow their formula', async (name, formula) => {
    await activateBackend(backend)
    const { layer } = activation(name as keyof typeof closedForms)
    const x = tf.tensor1d(points)
    const loss = (input: tf.Tensor): tf.Scalar => tf.sum(tf.mul(layer.apply(input, forward), tf.tensor1d(weights)))
    numbers(layer.apply(x, forward)).forEach((y, i) => expect(y).toBeCloseTo(formula(points[i] ?? NaN), 5))
    const step = 1e-4
    numbers(tf.grad(loss)(x)).forEach((slope, i) => {
      const at = points[i] ?? NaN
      const difference = (formula(at + step) - formula(at - step)) / (2 * step)
      expect(slope).toBeCloseTo(difference * (weights[i] ?? NaN), 4)
    })
  })
})
