import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { lossGradient } from '../../../src-main/model/objective/loss-gradient'
import { Random } from '../../../src-main/model/random'
import { buildVae } from '../../../src-main/model/recipe'
import { recipe as recipeSchema } from '../../../src-main/contract/recipe'
import { numbers, uniforms } from '../tensors'

const shape = { height: 8, width: 8, channels: 1 }
const x = uniforms<tf.Rank.R4>(1, 3, 8, 8, 1)
const options = { beta: 0.7, seed: 5, step: 3 }

const recipes: [string, Record<string, unknown>][] = [
  ['with a Bernoulli likelihood', {}],
  ['with a sigma found in training', { likelihood: { kind: 'optimal-sigma' } }],
  [
    'that denoises, without a KL',
    {
      posterior: { kind: 'deterministic' },
      likelihood: { kind: 'gaussian', sigma: 0.5 },
      objective: { corruption: { kind: 'gaussian', sigma: 0.3 } },
    },
  ],
  ['with batch normalisation', { network: { kind: 'convolutional', widths: [4], activation: 'silu' } }],
]

describe.each(recipes)('the gradient of the loss of a model %s', (_, parts) => {
  const recipe = recipeSchema.parse({
    latent: 2,
    network: { kind: 'dense', hidden: [6], activation: 'tanh' },
    ...parts,
  })

  it('is what finite differences give along any direction, under the same noise', () => {
    const vae = buildVae(recipe, shape, 1)
    const { gradient, figures } = lossGradient(vae, x, options)
    const start = tf.clone(vae.parameters.flat)
    const lossAt = (direction: tf.Tensor, distance: number): number => {
      vae.parameters.assign(tf.add(start, tf.mul(direction, distance)))
      return numbers(lossGradient(vae, x, options).figures)[0] ?? NaN
    }
    const [, , , squaredNorm = NaN] = numbers(figures)
    expect(squaredNorm).toBeCloseTo(
      numbers(gradient).reduce((sum, value) => sum + value * value, 0),
      2,
    )
    for (const seed of [1, 2, 3]) {
      const direction = tf.tensor1d(Random.for(seed, 'direction').normals(vae.parameters.count))
      const [slope = NaN] = numbers(tf.sum(tf.mul(gradient, direction)))
      const distance = 2e-3
      const difference = (lossAt(direction, distance) - lossAt(direction, -distance)) / (2 * distance)
      expect(Math.abs(difference - slope)).toBeLessThan(0.02 * Math.max(1, Math.sqrt(squaredNorm)))
    }
  })

  it('leaves nothing behind but what it returns', () => {
    const vae = buildVae(recipe, shape, 1)
    const before = tf.memory().numTensors
    const { figures, gradient, mu, seen } = lossGradient(vae, x, options)
    expect(tf.memory().numTensors).toBe(before + 4)
    tf.dispose([figures, gradient, mu, seen])
    expect(tf.memory().numTensors).toBe(before)
  })
})
