import { describe, expect, test } from 'vitest'
import { Horizon, type HorizonEntry } from '../../../src-main/studio/training/horizon'

const length = (given: { epochs?: number; minutes?: number; steps?: number }) => ({
  epochs: null,
  minutes: null,
  steps: null,
  ...given,
})

describe('the length of a run', () => {
  test('follows from epochs and steps exactly, whichever comes first', () => {
    expect(new Horizon(length({ epochs: 3 }), 12.5, []).totalAt(0)).toBe(38)
    expect(new Horizon(length({ epochs: 3, steps: 20 }), 12.5, []).totalAt(0)).toBe(20)
    expect(new Horizon(length({}), 12.5, []).totalAt(1000)).toBeNull()
  })

  test('in minutes follows from the measured speed, once it is adopted', () => {
    const horizon = new Horizon(length({ minutes: 1 }), 10, [])
    expect(horizon.totalAt(0)).toBeNull()
    const entry = horizon.correction(0, 0, 5)
    expect(entry).toEqual({ atStep: 0, totalSteps: 300 })
    expect(horizon.totalAt(0)).toBeNull()
    horizon.adopt(entry as HorizonEntry)
    expect(horizon.totalAt(0)).toBe(300)
  })

  test('is corrected when the speed changes, and left alone when it hardly does', () => {
    const horizon = new Horizon(length({ minutes: 1 }), 10, [{ atStep: 0, totalSteps: 300 }])
    expect(horizon.correction(100, 20, 5.05)).toBeNull()
    const entry = horizon.correction(100, 20, 2.5)
    expect(entry).toEqual({ atStep: 100, totalSteps: 200 })
  })

  test('does not pass what epochs allow', () => {
    const horizon = new Horizon(length({ minutes: 10, epochs: 2 }), 10, [{ atStep: 0, totalSteps: 300 }])
    expect(horizon.totalAt(0)).toBe(20)
  })

  test('is replayed after an interruption as it was: known corrections are not made again', () => {
    const entries = [
      { atStep: 0, totalSteps: 300 },
      { atStep: 100, totalSteps: 200 },
    ]
    const horizon = new Horizon(length({ minutes: 1 }), 10, entries)
    expect(horizon.totalAt(50)).toBe(300)
    expect(horizon.correction(50, 10, 100)).toBeNull()
    expect(horizon.totalAt(100)).toBe(200)
    expect(horizon.correction(120, 30, 10)).not.toBeNull()
  })
})
