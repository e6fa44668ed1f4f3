import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { bernoulli } from '../../src-main/model/likelihood/bernoulli'
import { gaussian as gaussianLikelihood } from '../../src-main/model/likelihood/gaussian'
import { optimalSigma } from '../../src-main/model/likelihood/optimal-sigma'
import { deterministic } from '../../src-main/model/posterior/deterministic'
import { gaussian } from '../../src-main/model/posterior/gaussian'
import { standardNormal } from '../../src-main/model/prior/standard-normal'
import { Random } from '../../src-main/model/random'
import { normals, numbers, uniforms } from './tensors'

describe('the Gaussian posterior', () => {
  it('has the KL to the prior that Monte Carlo gives', () => {
    const mu = tf.tensor2d([[0, 0.7, -1.5, 2]])
    const logvar = tf.tensor2d([[0, -1, 0.8, -3]])
    const [closed = NaN] = numbers(tf.sum(gaussian.kl({ mu, logvar }, standardNormal), 1))
    const draws = 100_000
    const many = { mu: tf.tile(mu, [draws, 1]), logvar: tf.tile(logvar, [draws, 1]) }
    const z = gaussian.sample(many, Random.for(1))
    const logQ = gaussian.logDensity(z, many) as tf.Tensor1D
    const [monteCarlo = NaN] = numbers(tf.mean(tf.sub(logQ, standardNormal.logDensity(z))))
    expect(Math.abs(closed - monteCarlo)).toBeLessThan(0.02)
    // and by hand: (mu^2 + s^2 - log s^2 - 1) / 2
    const byHand = [
      [0, 0],
      [0.7, -1],
      [-1.5, 0.8],
      [2, -3],
    ].reduce((sum, [m = 0, l = 0]) => sum + (m * m + Math.exp(l) - l - 1) / 2, 0)
    expect(closed).toBeCloseTo(byHand, 5)
  })

  it('keeps log-variances within the soft clamp, whatever the net says', () => {
    const head = tf.tensor2d([[-1e6, -1, 0, 1, 1e6]])
    const { logvar } = gaussian.parameters([tf.zerosLike(head), head])
    const [low, a, b, c, high] = numbers(logvar as tf.Tensor2D)
    expect([low, b, high]).toEqual([-10, 0, 10])
    expect(a).toBeCloseTo(-10 * Math.tanh(0.1), 5)
    expect(c).toBeCloseTo(10 * Math.tanh(0.1), 5)
  })
})

describe('the deterministic posterior', () => {
  it('is a point without a KL', () => {
    const mu = tf.tensor2d([[1, -2]])
    expect(numbers(deterministic.sample({ mu, logvar: null }, Random.for(1)))).toEqual([1, -2])
    expect(numbers(tf.abs(deterministic.kl({ mu, logvar: null }, standardNormal)))).toEqual([0, 0])
  })
})

describe('the Bernoulli likelihood', () => {
  it('is the cross-entropy of a picture, summed over its values', () => {
    const x = uniforms<tf.Rank.R4>(1, 2, 3, 3, 1)
    const logits = tf.mul<tf.Tensor4D>(normals<tf.Rank.R4>(2, 2, 3, 3, 1), 2)
    const [values, targets] = [numbers(logits), numbers(x)]
    const expected = [0, 1].map((picture) =>
      values.slice(picture * 9, picture * 9 + 9).reduce((sum, logit, i) => {
        const p = 1 / (1 + Math.exp(-logit))
        const t = targets[picture * 9 + i] ?? NaN
        return sum - t * Math.log(p) - (1 - t) * Math.log(1 - p)
      }, 0),
    )
    numbers(bernoulli.negativeLog(x, logits, null)).forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i] ?? NaN, 4),
    )
  })

  it('stays finite at logits of a thousand, with the gradient sigmoid minus target', () => {
    const x = tf.tensor4d([0, 1, 0.25, 1], [1, 2, 2, 1])
    const logits = tf.tensor4d([1000, -1000, 0, 1000], [1, 2, 2, 1])
    const { value, grads } = tf.valueAndGrads(
      (l: tf.Tensor) => tf.sum(bernoulli.negativeLog(x, l as tf.Tensor4D, null)) as tf.Scalar,
    )([logits])
    expect(numbers(value)[0]).toBeCloseTo(2000 + Math.LN2, 2)
    expect(numbers(grads[0] as tf.Tensor)).toEqual([1, -1, 0.25, 0])
  })
})

describe('the Gaussian likelihoods', () => {
  const x = tf.tensor4d([0.1, 0.9, 0.4, 0.6], [2, 1, 2, 1])
  const output = tf.tensor4d([0.2, 0.7, 0.4, 0.9], [2, 1, 2, 1])
  const density = (error: number, sigma: number): number =>
    0.5 * (error / sigma) ** 2 + Math.log(sigma) + 0.5 * Math.log(2 * Math.PI)

  it('sums the density of each value at a fixed sigma', () => {
    const [first = NaN, second = NaN] = numbers(gaussianLikelihood(0.3).negativeLog(x, output, null))
    expect(first).toBeCloseTo(density(0.1, 0.3) + density(0.2, 0.3), 4)
    expect(second).toBeCloseTo(density(0, 0.3) + density(0.3, 0.3), 4)
  })

  it('takes the sigma that fits the batch best in training, and the known one afterwards', () => {
    const sigma = Math.sqrt((0.01 + 0.04 + 0 + 0.09) / 4)
    const likelihood = optimalSigma(-12)
    const [first = NaN, second = NaN] = numbers(likelihood.negativeLog(x, output, null))
    expect(first).toBeCloseTo(density(0.1, sigma) + density(0.2, sigma), 3)
    expect(second).toBeCloseTo(density(0, sigma) + density(0.3, sigma), 3)
    expect(likelihood.logSigmaOf(sigma ** 2)).toBeCloseTo(Math.log(sigma), 3)
    const [known = NaN] = numbers(likelihood.negativeLog(x, output, Math.log(0.5)))
    expect(known).toBeCloseTo(density(0.1, 0.5) + density(0.2, 0.5), 4)
  })

  it('no other sigma gives the batch a better likelihood', () => {
    const likelihood = optimalSigma(-12)
    const total = (logSigma: number | null): number =>
      numbers(likelihood.negativeLog(x, output, logSigma)).reduce((a, b) => a + b, 0)
    for (const logSigma of [-3, -2, -1.5, -1, 0]) expect(total(null)).toBeLessThan(total(logSigma) + 1e-4)
  })

  it('keeps sigma above its floor when pictures are rebuilt perfectly', () => {
    const [perfect = NaN] = numbers(optimalSigma(-4).negativeLog(x, x, null))
    expect(perfect).toBeGreaterThan(2 * (-4 + 0.5 * Math.log(2 * Math.PI)) - 1e-4)
    expect(Number.isFinite(perfect)).toBe(true)
  })
})
