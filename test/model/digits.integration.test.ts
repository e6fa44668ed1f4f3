import { afterEach, describe, expect, it } from 'vitest'
import { evaluate } from '../../src-main/model/evaluation'
import { importanceWeightedNll } from '../../src-main/model/metrics'
import type { Vae } from '../../src-main/model/vae'
import { allAsPictures, binarised, digits } from './tables'
import { trainOnTable } from './train-table'

let vae: Vae | undefined
afterEach(() => vae?.dispose())

describe('ten latents for the digits', () => {
  // principal component analysis with ten components has 0.0201
  it('rebuild unseen digits with a mean squared error of at most 0.0150', async () => {
    vae = await trainOnTable({
      table: digits('train'),
      height: 8,
      steps: 2_000,
      recipe: {
        latent: 10,
        network: { kind: 'dense' },
        posterior: { kind: 'deterministic' },
        objective: { beta: 0, corruption: { kind: 'gaussian', sigma: 0.2 } },
        likelihood: { kind: 'optimal-sigma' },
        optimiser: { learningRate: 0.002, weightDecay: 0.1 },
        batch: 128,
      },
    })
    const figures = await evaluate(vae, [allAsPictures(digits('test'), 8)])
    expect(figures.mse).toBeLessThanOrEqual(0.015)
  })

  it('give unseen binarised digits an importance-weighted NLL of at most 17.6 nats', async () => {
    vae = await trainOnTable({
      table: binarised(digits('train')),
      height: 8,
      steps: 2_500,
      recipe: {
        latent: 10,
        network: { kind: 'dense', dropout: 0.2 },
        likelihood: { kind: 'bernoulli' },
        optimiser: { learningRate: 0.002, weightDecay: 0.3 },
        batch: 128,
      },
    })
    const test = allAsPictures(binarised(digits('test')), 8)
    const nll = await importanceWeightedNll(vae, test, 500, 3)
    test.dispose()
    expect(nll.reduce((sum, value) => sum + value, 0) / nll.length).toBeLessThanOrEqual(17.6)
  })
})
