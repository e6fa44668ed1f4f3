import { describe, expect, it } from 'vitest'
import { worthSeeing } from '../../../src-renderer/training/worth-seeing'

describe('a space', () => {
  it('is worth a first look long before its run ends, but not at once', () => {
    expect(worthSeeing({ state: 'training', epoch: 0.4, seconds: 8 })).toBe(false)
    expect(worthSeeing({ state: 'training', epoch: 40, seconds: 8 })).toBe(false)
    expect(worthSeeing({ state: 'training', epoch: 1, seconds: 300 })).toBe(false)
    expect(worthSeeing({ state: 'training', epoch: 3.1, seconds: 70 })).toBe(true)
  })
  it('is worth a look when its run has finished, and not when it was stopped or failed', () => {
    expect(worthSeeing({ state: 'finished', epoch: 0.1, seconds: 5 })).toBe(true)
    expect(worthSeeing({ state: 'stopped', epoch: 9, seconds: 90 })).toBe(false)
    expect(worthSeeing({ state: 'failed', epoch: 9, seconds: 90 })).toBe(false)
  })
})
