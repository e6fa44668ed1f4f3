import { afterEach, describe, expect, it } from 'vitest'
import { evaluate } from '../../src-main/model/evaluation'
import type { Vae } from '../../src-main/model/vae'
import { allAsPictures, digits, standardisedWine, type Table } from './tables'
import { repeated, trainOnTable } from './train-table'

/**
 * A linear VAE with the optimal noise has probabilistic PCA's likelihood at its optimum (Lucas, Tucker, Grosse & Norouzi 2019), which
 * Tipping & Bishop 1999 give in closed form. The two figures are that formula's, computed with numpy:
 * -(D log 2 pi + sum log lambda_i (i <= k) + (D - k) log sigma^2 + D) / 2, lambda the covariance's eigenvalues.
 */
let vae: Vae | undefined
afterEach(() => vae?.dispose())

async function elbo(table: Table, latent: number, steps: number, learningRate: number): Promise<number> {
  vae = await trainOnTable({
    table,
    height: 1,
    steps,
    recipe: {
      latent,
      network: { kind: 'dense', hidden: [] },
      likelihood: { kind: 'optimal-sigma', minLogSigma: -12 },
      optimiser: { learningRate, clipNorm: 0, ema: 0.99 },
      batch: 256,
    },
  })
  const figures = await evaluate(vae, repeated(allAsPictures(table, 1), 50), { quick: true })
  return -figures.negativeElbo
}

describe('a linear VAE with optimal sigma', () => {
  it('reaches the exact likelihood of probabilistic PCA on wine with 2 latents', async () => {
    expect(Math.abs((await elbo(standardisedWine(), 2, 2_000, 0.02)) - -16.155)).toBeLessThan(0.1)
  })

  it('reaches the exact likelihood of probabilistic PCA on digits with 10 latents', async () => {
    expect(Math.abs((await elbo(digits('train'), 10, 4_000, 0.04)) - 17.544)).toBeLessThan(0.1)
  })
})
