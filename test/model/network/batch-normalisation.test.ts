import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { batchNormalisation } from '../../../src-main/model/network/batch-normalisation'
import type { Forward } from '../../../src-main/model/network/layer'
import { Parameters } from '../../../src-main/model/parameters'
import { Random } from '../../../src-main/model/random'
import { normals, numbers } from '../tensors'

const width = 3
const layer = batchNormalisation('norm', width)
const weights = new Parameters(layer.specs, 1)
const statistics = new Parameters(layer.statistics, 1)
weights.assign(tf.tensor1d([1.5, 0.5, 1, 0.1, -0.2, 0.3])) // gains, then biases

function training(seen: Record<string, number[]> = {}): Forward {
  const record = (name: string, value: tf.Tensor): void => void (seen[name] = numbers(value))
  return { weights, statistics, training: { chance: Random.for(1), record } }
}

describe('batch normalisation', () => {
  const x = tf.add(tf.mul(normals<tf.Rank.R4>(1, 4, 3, 2, width), 2), 5) as tf.Tensor4D

  it('gives each channel of a batch its gain as deviation and its bias as mean', () => {
    const y = tf.reshape(layer.apply(x, training()), [-1, width])
    const mean = numbers(tf.mean(y, 0))
    const deviation = numbers(tf.sqrt(tf.mean(tf.square(tf.sub(y, tf.mean(y, 0))), 0)))
    ;[0.1, -0.2, 0.3].forEach((bias, i) => expect(mean[i]).toBeCloseTo(bias, 4))
    ;[1.5, 0.5, 1].forEach((gain, i) => expect(deviation[i]).toBeCloseTo(gain, 2))
  })

  it('reports the mean and unbiased variance of the batch', () => {
    const seen: Record<string, number[]> = {}
    layer.apply(x, training(seen))
    const channel = numbers(x).filter((_, i) => i % width === 1)
    const mean = channel.reduce((a, b) => a + b, 0) / channel.length
    const variance = channel.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (channel.length - 1)
    expect(seen['norm.mean']?.[1]).toBeCloseTo(mean, 4)
    expect(seen['norm.variance']?.[1]).toBeCloseTo(variance, 3)
  })

  it('computes with its running averages outside training', () => {
    statistics.assign(tf.tensor1d([5, 5, 5, 4, 4, 4]))
    const y = numbers(layer.apply(x, { weights, statistics, training: null }))
    const first = numbers(x)[0] ?? NaN
    expect(y[0]).toBeCloseTo((1.5 * (first - 5)) / Math.sqrt(4.001) + 0.1, 4)
  })

  it('has the gradients that finite differences give', () => {
    const target = normals<tf.Rank.R4>(2, 4, 3, 2, width)
    const loss = (input: tf.Tensor): tf.Scalar => tf.sum(tf.mul(layer.apply(input, training()), target))
    const gradient = numbers(tf.grad(loss)(x))
    const values = numbers(x)
    for (const i of [0, 7, 20, 41, 71]) {
      const moved = (by: number): number => {
        const changed = values.map((v, j) => (j === i ? v + by : v))
        return numbers(loss(tf.tensor4d(changed, [4, 3, 2, width])))[0] ?? NaN
      }
      expect(gradient[i]).toBeCloseTo((moved(0.01) - moved(-0.01)) / 0.02, 2)
    }
    const views = [...weights.views] as tf.Tensor[]
    const { grads } = tf.valueAndGrads(() => loss(x))(views)
    const y = tf.reshape(layer.apply(x, training()), [-1, width])
    const normalised = tf.div(tf.sub(y, tf.tensor1d([0.1, -0.2, 0.3])), tf.tensor1d([1.5, 0.5, 1]))
    const flat = tf.reshape(target, [-1, width])
    const expected = [...numbers(tf.sum(tf.mul(flat, normalised), 0)), ...numbers(tf.sum(flat, 0))]
    const found = grads.flatMap((g) => numbers(g))
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3))
  })
})
