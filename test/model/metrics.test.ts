import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src-main/model/evaluation'
import { activeUnits, importanceWeightedNll, mse, psnr, ssim } from '../../src-main/model/metrics'
import { buildVae, completeRecipe } from '../../src-main/model/recipe'
import { numbers, uniforms } from './tensors'

/** A picture of 24 by 20 from a formula that numpy can repeat. */
function drawn(value: (x: number, y: number) => number): tf.Tensor4D {
  const values = Array.from({ length: 24 * 20 }, (_, i) => value(i % 20, Math.floor(i / 20)))
  return tf.tensor4d(values, [1, 24, 20, 1])
}

const a = (x: number, y: number): number => ((x * 7 + y * 13 + ((x * y) % 11)) % 256) / 255
const b = (x: number, y: number): number => ((x * 5 + y * 17 + ((x * x + y) % 7)) % 256) / 255
const c = (x: number, y: number): number => Math.min(1, a(x, y) * 0.8 + (0.1 * ((x + y) % 3)) / 2)

describe('structural similarity', () => {
  // scikit-image 0.26.0: structural_similarity(a, b, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
  it('is what scikit-image gives', () => {
    expect(numbers(ssim(drawn(a), drawn(b)))[0]).toBeCloseTo(0.342931608253958, 4)
    expect(numbers(ssim(drawn(a), drawn(c)))[0]).toBeCloseTo(0.9106736174099199, 4)
  })

  it('is 1 for a picture and itself, for each of a batch and all channels', () => {
    const pictures = uniforms<tf.Rank.R4>(1, 2, 16, 16, 3)
    for (const value of numbers(ssim(pictures, pictures))) expect(value).toBeCloseTo(1, 5)
    const other = uniforms<tf.Rank.R4>(2, 2, 16, 16, 3)
    const [first, second] = numbers(ssim(pictures, other))
    const alone = tf.slice(pictures, [1, 0, 0, 0], [1, 16, 16, 3]) as tf.Tensor4D
    const [again] = numbers(ssim(alone, tf.slice(other, [1, 0, 0, 0], [1, 16, 16, 3]) as tf.Tensor4D))
    expect(again).toBeCloseTo(second ?? NaN, 5)
    expect(first).toBeLessThan(0.5)
  })
})

describe('errors of pictures', () => {
  it('are means over values, and decibels of them', () => {
    const x = tf.tensor4d([0, 0, 1, 1], [2, 1, 2, 1])
    const y = tf.tensor4d([0.1, 0.3, 1, 1], [2, 1, 2, 1])
    const [first, second] = numbers(mse(x, y))
    expect(first).toBeCloseTo(0.05, 6)
    expect(second).toBe(0)
    expect(psnr(0.01)).toBeCloseTo(20, 10)
    expect(psnr(0)).toBe(Infinity)
  })
})

describe('active units', () => {
  it('are the latents whose mean varies by more than a hundredth', () => {
    const means = new Float32Array([5, 0, 0.09, 5, 1, -0.09, 5, 0, 0.09, 5, 1, -0.09])
    expect(activeUnits(means, 3)).toBe(1)
    expect(
      activeUnits(
        means.map((v, i) => (i % 3 === 2 ? v * 1.3 : v)),
        3,
      ),
    ).toBe(2)
  })
})

describe('held-out figures', () => {
  const shape = { height: 16, width: 16, channels: 1 }
  const recipe = completeRecipe({ latent: 2, network: { kind: 'dense', hidden: [8] } }, shape)

  it('are the same for any cut into batches of the noise-free part, and dispose of what they were given', async () => {
    const vae = buildVae(recipe, shape, 1)
    const before = tf.memory().numTensors
    const pictures = uniforms<tf.Rank.R4>(3, 6, 16, 16, 1)
    const halves = tf.split(pictures, 2) as tf.Tensor4D[]
    const whole = await evaluate(vae, [pictures])
    const cut = await evaluate(vae, halves)
    expect(tf.memory().numTensors).toBe(before)
    expect(cut.n).toBe(6)
    for (const key of ['kl', 'mse', 'ssim', 'psnr'] as const) expect(cut[key]).toBeCloseTo(whole[key], 4)
    expect(whole.negativeElbo).toBeCloseTo(whole.reconstruction + whole.kl, 4)
    expect(whole.bitsPerDim).toBeCloseTo(whole.negativeElbo / (256 * Math.LN2), 5)
    expect(whole.klPerDimension.reduce((s, v) => s + v, 0)).toBeCloseTo(whole.kl, 4)
    vae.dispose()
  })

  it('leave no tensor behind when a batch does not fit the model, nor when there is no density to weigh by', async () => {
    const vae = buildVae({ ...recipe, posterior: { kind: 'deterministic' } }, shape, 1)
    const before = tf.memory().numTensors
    await expect(evaluate(vae, [uniforms<tf.Rank.R4>(3, 2, 5, 5, 1)])).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(before)
    const pictures = uniforms<tf.Rank.R4>(3, 2, 16, 16, 1)
    await expect(importanceWeightedNll(vae, pictures, 1, 1)).rejects.toThrow('density')
    pictures.dispose()
    expect(tf.memory().numTensors).toBe(before)
    vae.dispose()
  })

  it('bound the likelihood from above less tightly than importance weighting, which tightens with more draws', async () => {
    const vae = buildVae(recipe, shape, 1)
    const pictures = uniforms<tf.Rank.R4>(3, 32, 16, 16, 1)
    const mean = (values: Float32Array): number => values.reduce((s, v) => s + v, 0) / values.length
    const one = mean(await importanceWeightedNll(vae, pictures, 1, 5))
    const many = mean(await importanceWeightedNll(vae, pictures, 50, 5))
    expect(many).toBeLessThan(one)
    const { negativeElbo } = await evaluate(vae, [pictures], { quick: true })
    expect(many).toBeLessThan(negativeElbo)
    vae.dispose()
  })
})
