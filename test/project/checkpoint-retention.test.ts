import { expect, it } from 'vitest'
import { surplus } from '../../src-main/project/checkpoint-retention'

/** Checkpoints of ten bytes each, newest first. */
const checkpoints = (count: number, best: number | null = null) =>
  Array.from({ length: count }, (_, age) => {
    const step = count - age
    const info = { id: `1-${step}`, runId: 1, step, epoch: 0, savedAt: 0, validation: null, best: step === best }
    return { info, file: '', size: 10 }
  })
const going = (...given: Parameters<typeof surplus>) => surplus(...given).map(({ info }) => info.step)

it('lets go of what is older than the number kept, but never of the best', () => {
  expect(going(checkpoints(6, 2), { keep: 3, budget: 1000 })).toEqual([3, 1])
  expect(going(checkpoints(3, 2), { keep: 3, budget: 1000 })).toEqual([])
})

it('lets go of the oldest where all of them take more than the budget, which the best counts against', () => {
  expect(going(checkpoints(6), { keep: 100, budget: 40 })).toEqual([2, 1])
  expect(going(checkpoints(6, 1), { keep: 100, budget: 40 })).toEqual([3, 2])
})

it('keeps the latest two whatever they take', () => {
  expect(going(checkpoints(4), { keep: 0, budget: 0 })).toEqual([2, 1])
  expect(going(checkpoints(2), { keep: 0, budget: 0 })).toEqual([])
})
