import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { VariaError } from '../../src-main/contract/errors'
import { buildVae, completeRecipe } from '../../src-main/model/recipe'
import { Trainer, type TrainingState } from '../../src-main/model/training'
import type { Vae } from '../../src-main/model/vae'
import { numbers, uniforms } from './tensors'

const shape = { height: 8, width: 8, channels: 1 }
const small = { latent: 3, network: { kind: 'convolutional', widths: [4, 8], dense: 8, dropout: 0.1 } }

function model(recipe: Record<string, unknown> = small, seed = 1): Vae {
  return buildVae(completeRecipe(recipe, shape), shape, seed)
}

function batch(step: number): tf.Tensor4D {
  return tf.tidy(() => tf.round(uniforms<tf.Rank.R4>(100 + step, 4, 8, 8, 1)) as tf.Tensor4D)
}

async function losses(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const found: number[] = []
  for (let step = from; step < to; step++) {
    const pictures = batch(step)
    found.push((await trainer.step(pictures)).negativeElbo)
    pictures.dispose()
  }
  return found
}

const recipes: [string, Record<string, unknown>][] = [
  ['convolutional with batch normalisation', small],
  ['convolutional without', { ...small, network: { ...small.network, normalisation: 'none' } }],
  ['residual', { latent: 3, network: { kind: 'residual', widths: [4, 8], dense: 0, activation: 'silu' } }],
  [
    'dense',
    {
      latent: 3,
      network: { kind: 'dense', hidden: [16, 8], activation: 'tanh' },
      optimiser: { kind: 'sgd', learningRate: 1e-3 },
    },
  ],
  [
    'linear with optimal sigma',
    { latent: 2, network: { kind: 'dense', hidden: [] }, likelihood: { kind: 'optimal-sigma' } },
  ],
  [
    'autoencoder',
    { ...small, posterior: { kind: 'deterministic' }, objective: { beta: 0 }, likelihood: { kind: 'gaussian' } },
  ],
  [
    'denoising, decayed, leaky',
    {
      latent: 3,
      network: { kind: 'dense', hidden: [8], activation: 'leaky-relu' },
      objective: { corruption: { kind: 'mask', share: 0.2 }, freeBits: 0.1, warmup: 0.5 },
      optimiser: { weightDecay: 0.1, ema: 0 },
    },
  ],
]

describe.each(recipes)('training a %s model', (_, recipe) => {
  it('gives the same losses bit for bit for the same seed', async () => {
    const run = (): Promise<number[]> => losses(new Trainer(model(recipe), { seed: 5, totalSteps: 8 }), 0, 4)
    const first = await run()
    expect(await run()).toEqual(first)
    expect(first.every(Number.isFinite)).toBe(true)
  })

  it('goes on from a snapshot as if it had never stopped', async () => {
    const whole = new Trainer(model(recipe), { seed: 5, totalSteps: 8 })
    await losses(whole, 0, 4)
    const state = await whole.snapshot()
    const uninterrupted = await losses(whole, 4, 8)
    const resumed = new Trainer(model(recipe, 99), { seed: 5, totalSteps: 8 })
    resumed.restore(state)
    expect(await losses(resumed, 4, 8)).toEqual(uninterrupted)
    expect(await resumed.snapshot()).toEqual(await whole.snapshot())
  })

  it('holds no more tensors after ten steps than after one, and none after it is disposed of', async () => {
    const before = tf.memory().numTensors
    const vae = model(recipe)
    const trainer = new Trainer(vae, { seed: 5, totalSteps: 20 })
    await losses(trainer, 0, 1)
    const afterOne = tf.memory().numTensors
    await losses(trainer, 1, 10)
    await trainer.evaluate([batch(0), batch(1)])
    expect(tf.memory().numTensors).toBe(afterOne)
    trainer.dispose()
    vae.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('training', () => {
  it('gets better', async () => {
    const trainer = new Trainer(model({ ...small, optimiser: { learningRate: 0.01 } }), { seed: 1, totalSteps: null })
    const pictures = batch(1)
    const first = (await trainer.step(pictures)).negativeElbo
    for (let i = 0; i < 60; i++) await trainer.step(pictures)
    expect((await trainer.step(pictures)).negativeElbo).toBeLessThan(0.9 * first)
  })

  it('skips a batch with a NaN in it, counts it, and keeps the last good weights', async () => {
    const vae = model()
    const trainer = new Trainer(vae, { seed: 1, totalSteps: null })
    await losses(trainer, 0, 3)
    const before = await trainer.snapshot()
    const poisoned = tf.tidy(() => tf.mul(batch(3), tf.tensor4d([1, NaN, 1, 1], [4, 1, 1, 1]))) as tf.Tensor4D
    const report = await trainer.step(poisoned)
    expect(report).toMatchObject({ step: 4, skipped: true, skippedSoFar: 1 })
    const after = await trainer.snapshot()
    expect(after.tensors).toEqual(before.tensors)
    expect((await losses(trainer, 4, 6)).every(Number.isFinite)).toBe(true)
  })

  it('says that it has diverged when no step is usable any more', async () => {
    const trainer = new Trainer(model({ latent: 2, network: { kind: 'dense', hidden: [] } }), {
      seed: 1,
      totalSteps: null,
    })
    const poisoned = tf.fill([2, 8, 8, 1], NaN) as tf.Tensor4D
    const last = async (): Promise<void> => {
      for (let i = 0; i < 100; i++) await trainer.step(poisoned)
    }
    await expect(last()).rejects.toMatchObject({ code: 'training-diverged' })
  })

  it('scales gradients down to the norm that the recipe allows', async () => {
    const moved = async (clipNorm: number): Promise<number> => {
      const optimiser = { kind: 'sgd', momentum: 0, learningRate: 0.1, clipNorm }
      const vae = model({ latent: 2, network: { kind: 'dense', hidden: [] }, optimiser })
      const before = tf.clone(vae.parameters.flat)
      await losses(new Trainer(vae, { seed: 1, totalSteps: null }), 0, 1)
      return Math.sqrt(numbers(tf.sum(tf.squaredDifference(before, vae.parameters.flat)))[0] ?? NaN)
    }
    // the first step of the ramp is taken at 1/101 of the rate
    expect(await moved(0.5)).toBeCloseTo((0.5 * 0.1) / 101, 6)
    expect(await moved(0)).toBeGreaterThan((0.5 * 0.1) / 101)
  })

  it('lends the averaged weights to an evaluation and takes the trained ones back', async () => {
    const vae = model()
    const trainer = new Trainer(vae, { seed: 1, totalSteps: null })
    await losses(trainer, 0, 5)
    const { tensors } = await trainer.snapshot()
    const inside = await trainer.withAveragedWeights(async () => {
      await expect(trainer.step(batch(0))).rejects.toThrow('averaged')
      return numbers(vae.parameters.get('decoder.spread.kernel'))
    })
    expect(inside).toEqual([...(tensors['average/decoder.spread.kernel']?.data ?? [])])
    const outside = numbers(vae.parameters.get('decoder.spread.kernel'))
    expect(outside).toEqual([...(tensors['weights/decoder.spread.kernel']?.data ?? [])])
    expect(outside).not.toEqual(inside)
  })

  it('refuses a checkpoint of another model by name, and changes nothing', async () => {
    const trainer = new Trainer(model(), { seed: 1, totalSteps: null })
    const other = new Trainer(model({ ...small, latent: 4 }), { seed: 1, totalSteps: null })
    const before = await trainer.snapshot()
    const foreign: TrainingState = await other.snapshot()
    const refusal = (() => {
      try {
        trainer.restore(foreign)
        return null
      } catch (error) {
        return error
      }
    })()
    expect(refusal).toBeInstanceOf(VariaError)
    expect(refusal).toMatchObject({
      code: 'checkpoint-damaged',
      message: expect.stringContaining('encoder.mu.kernel') as string,
    })
    expect(await trainer.snapshot()).toEqual(before)
  })

  it('decodes the same pictures from a checkpoint as the averaged weights did', async () => {
    const vae = model()
    const trainer = new Trainer(vae, { seed: 1, totalSteps: null })
    await losses(trainer, 0, 4)
    const z = vae.sample(3, 7)
    const expected = await trainer.withAveragedWeights(() => numbers(vae.decode(z)))
    const loaded = model(small, 2)
    loaded.load(await trainer.snapshot())
    expect(numbers(loaded.decode(z))).toEqual(expected)
    expect(expected.every((value) => value >= 0 && value <= 1)).toBe(true)
  })
})
