import { expect, test } from 'vitest'
import { freshNumbers, readState, storedState } from '../../../src-main/studio/training/checkpoint-state'

test('a checkpoint gives back the trainer’s state and the loop’s numbers as they were', () => {
  const state = {
    numbers: { step: 12, logSigma: -1.5 },
    tensors: { 'average/decoder.dense.kernel': { shape: [2], data: Float32Array.of(1, 2) } },
  }
  const loop = { seconds: 3.25, best: 612.125, sinceBest: 2, validatedAt: 10 }
  const stored = storedState(state, loop)
  expect(Object.keys(stored.tensors)).toEqual(['average.decoder.dense.kernel'])
  expect(readState(stored)).toEqual({ trainer: state, loop })
})

test('before the first validation nothing is the best, also after a restart', () => {
  const stored = storedState({ numbers: {}, tensors: {} }, freshNumbers)
  expect(Object.values(stored.numbers).every(Number.isFinite)).toBe(true)
  expect(readState(stored).loop.best).toBe(Infinity)
})

test('a best loss that is no number, as an earlier version could write it, is none', () => {
  const stored = storedState({ numbers: {}, tensors: {} }, freshNumbers)
  expect(readState({ ...stored, numbers: { ...stored.numbers, 'loop/best': NaN } }).loop.best).toBe(Infinity)
})
