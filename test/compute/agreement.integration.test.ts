/** The same seed gives the same run on one backend, and the same losses to 1e-3 on all of them. */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../src-main/compute/backend'
import { trainingLosses } from './training-session'
import { workingBackends } from './working-backends'

const backends = await workingBackends()

/** The largest relative difference between two runs. */
function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((loss, i) => Math.abs(loss - (b[i] ?? NaN)) / Math.abs(loss)))
}

describe('training from the same seed', () => {
  for (const backend of backends) {
    it(`gives the same losses again on ${backend}`, async () => {
      await activateBackend(backend)
      const first = await trainingLosses({ steps: 8 })
      const second = await trainingLosses({ steps: 8 })
      if (backend === 'cpu') expect(second).toEqual(first)
      else expect(distance(first, second)).toBeLessThan(1e-5)
    })

    it(`holds as many tensors after ten steps as after two on ${backend}`, async () => {
      await activateBackend(backend)
      const counts: number[] = []
      const before = tf.memory().numTensors
      await trainingLosses({ steps: 10, onStep: () => counts.push(tf.memory().numTensors) })
      expect(new Set(counts.slice(1)).size).toBe(1)
      expect(tf.memory().numTensors).toBe(before)
    })
  }

  for (const activation of ['relu', 'silu', 'leaky-relu'] as const) {
    it(`gives losses within 1e-3 on all backends over 20 steps, with ${activation}`, async () => {
      const runs: number[][] = []
      for (const backend of backends) {
        await activateBackend(backend)
        runs.push(await trainingLosses({ steps: 20, activation }))
      }
      const [first = [], ...others] = runs
      expect(first.at(-1)).toBeLessThan(first[0] ?? 0)
      for (const other of others) expect(distance(first, other)).toBeLessThan(1e-3)
    })
  }

  it('gives another run from another seed', async () => {
    await activateBackend('cpu')
    const [one, other] = [await trainingLosses({ steps: 2 }), await trainingLosses({ steps: 2, seed: 6 })]
    expect(distance(one, other)).toBeGreaterThan(1e-3)
  })
})
