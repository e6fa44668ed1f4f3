import { expect, test } from 'vitest'
import { freshNumbers } from '../../../src-main/studio/training/checkpoint-state'
import { type ValidationOptions, Validations } from '../../../src-main/studio/training/validations'

const validations = (given: Partial<ValidationOptions> = {}) =>
  new Validations({ heldOut: 10, stepsPerEpoch: 40.5, patience: 0, ...given }, freshNumbers)

const dueUpTo = (last: number, made: Validations) =>
  Array.from({ length: last }, (_, index) => index + 1).filter((step) => made.isDueAt(step))

test('a run is validated once an epoch, not too often in a small collection nor too seldom in a huge one', () => {
  expect(dueUpTo(130, validations())).toEqual([41, 82, 123])
  expect(dueUpTo(60, validations({ stepsPerEpoch: 3 }))).toEqual([25, 50])
  expect(dueUpTo(5000, validations({ stepsPerEpoch: 1e6 }))).toEqual([2000, 4000])
  expect(dueUpTo(130, validations({ heldOut: 0 }))).toEqual([])
})

test('a step is validated once, also when the run goes on from its checkpoint', () => {
  const first = validations()
  first.judge(41, 600)
  expect(first.isDueAt(41)).toBe(false)
  const options = { heldOut: 10, stepsPerEpoch: 40.5, patience: 0 }
  const resumed = new Validations(options, first.numbers)
  expect([41, 60, 82].map((step) => resumed.isMissingAt(step))).toEqual([false, true, true])
  expect(resumed.judge(82, 601)).toBe(false)
})

test('the best is the lowest so far, and patience counts the validations since', () => {
  const made = validations({ patience: 2 })
  const told = [700, 650, 660, 640, 641, 640].map((loss, index) => [made.judge(index, loss), made.isOutOfPatience])
  expect(told).toEqual([
    [true, false],
    [true, false],
    [false, false],
    [true, false],
    [false, false],
    [false, true],
  ])
  expect(made.numbers).toEqual({ best: 640, sinceBest: 2, validatedAt: 5 })
})

test('a validation that gave no number is no better, and the next good one still can be', () => {
  const made = validations()
  made.judge(1, 700)
  for (const nothing of [NaN, Infinity, -Infinity]) expect(made.judge(2, nothing)).toBe(false)
  expect(made.numbers.best).toBe(700)
  expect(made.judge(3, 690)).toBe(true)
})

test('without patience a run never ends early', () => {
  const made = validations()
  for (let step = 0; step < 100; step++) made.judge(step, 1000 + step)
  expect(made.isOutOfPatience).toBe(false)
})
