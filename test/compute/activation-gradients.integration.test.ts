/** Gradients of activations on every backend against their closed forms: compute gives the native one kernels of its own. */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../src-main/compute/backend'
import { workingBackends } from './working-backends'

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

interface Activation {
  readonly name: string
  readonly apply: (x: tf.Tensor) => tf.Tensor
  readonly derivative: (x: number) => number
}

const activations: readonly Activation[] = [
  { name: 'relu', apply: (x) => tf.relu(x), derivative: (x) => (x > 0 ? 1 : 0) },
  { name: 'relu6', apply: (x) => tf.relu6(x), derivative: (x) => (x > 0 && x < 6 ? 1 : 0) },
  { name: 'leaky relu', apply: (x) => tf.leakyRelu(x, 0.1), derivative: (x) => (x > 0 ? 1 : 0.1) },
  { name: 'sigmoid', apply: (x) => tf.sigmoid(x), derivative: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  { name: 'softplus', apply: (x) => tf.softplus(x), derivative: sigmoid },
  { name: 'tanh', apply: (x) => tf.tanh(x), derivative: (x) => 1 - Math.tanh(x) ** 2 },
]

const values = [-30, -6.5, -2, -0.5, -1e-3, 1e-3, 0.25, 1, 3, 7, 30]

for (const backend of await workingBackends()) {
  describe(`the gradient on ${backend}`, () => {
    for (const { name, apply, derivative } of activations) {
      it(`of ${name} is its derivative times the gradient that came in`, async () => {
        await activateBackend(backend)
        const x = tf.tensor1d(values)
        const dy = tf.tensor1d(values.map((_, i) => i - 4))
        const dx = tf.grad(apply)(x, dy)
        const found = await dx.data()
        values.forEach((value, i) => expect(found[i]).toBeCloseTo((i - 4) * derivative(value), 4))
        tf.dispose([x, dy, dx])
      })
    }

    it('of relu is the usual one again once plain JavaScript computes', async () => {
      await activateBackend(backend)
      await activateBackend('cpu')
      const x = tf.tensor1d([-1, 2, 8])
      const dx = tf.grad((value: tf.Tensor) => tf.relu(value))(x)
      expect(Array.from(await dx.data())).toEqual([0, 1, 1])
      tf.dispose([x, dx])
    })
  })
}
