import { expect, test } from 'vitest'
import { type StepReport } from '../../../src-main/model/training'
import { MetricWindow } from '../../../src-main/studio/training/metric-window'

const step = (at: number, loss: number, skipped = false): StepReport => ({
  step: at,
  negativeElbo: loss,
  reconstruction: loss - 1,
  kl: 1,
  gradientNorm: 2,
  learningRate: 0.1,
  beta: 1,
  skipped,
  skippedSoFar: skipped ? 1 : 0,
  activeUnits: at,
})
const place = { epoch: 1, seconds: 2 }

test('a point has the means of its steps, the last one’s place, and the pictures a second since the one before', () => {
  const window = new MetricWindow()
  window.start(1000, 4)
  window.add(step(5, 10))
  window.add(step(6, 30))
  expect([window.isDue(1999), window.isDue(2000)]).toEqual([false, true])
  expect(window.take(3000, 6, 32, place)).toEqual({
    ...place,
    step: 6,
    split: 'train',
    negativeElbo: 20,
    reconstruction: 19,
    kl: 1,
    activeUnits: 6,
    gradientNorm: 2,
    skipped: 0,
    learningRate: 0.1,
    rate: 32,
  })
  expect(window.isDue(3999)).toBe(false)
  window.add(step(7, 50))
  expect(window.take(3500, 7, 32, place)).toMatchObject({ negativeElbo: 50, rate: 64 })
})

test('steps that were left out are counted and not averaged', () => {
  const window = new MetricWindow()
  window.add(step(1, 10))
  window.add(step(2, NaN, true))
  expect(window.take(1000, 2, 1, place)).toMatchObject({ step: 2, negativeElbo: 10, skipped: 1 })
})

test('there is nothing to tell before a step', () => {
  const window = new MetricWindow()
  expect(window.take(1000, 0, 1, place)).toBeNull()
})

test('what is no step, such as a validation, is left out of the rate and of the wait for the next point', () => {
  const window = new MetricWindow()
  window.start(1000, 0)
  window.add(step(1, 10))
  window.leaveOut(3000)
  expect([window.isDue(4999), window.isDue(5000)]).toEqual([false, true])
  expect(window.take(5000, 1, 32, place)).toMatchObject({ rate: 32 })
})
