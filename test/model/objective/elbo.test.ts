import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { betaAt, elboLoss } from '../../../src-main/model/objective/elbo'
import { numbers } from '../tensors'

describe('the objective', () => {
  const terms = {
    reconstruction: tf.tensor1d([10, 20]),
    kl: tf.tensor2d([
      [1, 0.1],
      [3, 0.1],
    ]),
  }

  it('is reconstruction plus beta times the KL, mean over the batch', () => {
    expect(numbers(elboLoss(terms, 1, 0))[0]).toBeCloseTo(15 + 2.1, 5)
    expect(numbers(elboLoss(terms, 4, 0))[0]).toBeCloseTo(15 + 8.4, 5)
  })

  it('leaves the free bits of a dimension alone', () => {
    expect(numbers(elboLoss(terms, 1, 0.5))[0]).toBeCloseTo(15 + 2 + 0.5, 5)
    const gradient = tf.grad((kl: tf.Tensor) => elboLoss({ ...terms, kl: kl as tf.Tensor2D }, 1, 0.5))(terms.kl)
    expect(numbers(gradient)).toEqual([0.5, 0, 0.5, 0])
  })

  it('raises the KL over the first share of a run', () => {
    const objective = { beta: 2, warmup: 0.5, freeBits: 0, corruption: { kind: 'none' } } as const
    expect([0, 25, 50, 99].map((step) => betaAt(step, objective, 100))).toEqual([0, 1, 2, 2])
    expect(betaAt(0, { ...objective, warmup: 0 }, 100)).toBe(2)
    expect(betaAt(2500, objective, null)).toBe(1)
  })
})
