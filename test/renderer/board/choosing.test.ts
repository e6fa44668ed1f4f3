import { describe, expect, it } from 'vitest'
import { afterChoice, targetsOf } from '../../../src-renderer/board/choosing'

const shown = [9, 8, 7, 6, 5]
const plain = { shiftKey: false, ctrlKey: false, metaKey: false }
const mod = { ...plain, ctrlKey: true }
const shift = { ...plain, shiftKey: true }

describe('choosing variants', () => {
  it('takes the one that was clicked alone', () => {
    expect(afterChoice(shown, [9, 8], 7, plain)).toEqual([7])
    expect(afterChoice(shown, [7, 8], 7, plain)).toEqual([7])
  })

  it('adds one with Mod, and takes it away again', () => {
    expect(afterChoice(shown, [9], 7, mod)).toEqual([9, 7])
    expect(afterChoice(shown, [9, 7], 9, { ...plain, metaKey: true })).toEqual([7])
  })

  it('adds all from the one chosen last with Shift, either way round', () => {
    expect(afterChoice(shown, [8], 6, shift)).toEqual([8, 7, 6])
    expect(afterChoice(shown, [5, 6], 8, shift)).toEqual([5, 8, 7, 6])
    expect(afterChoice(shown, [], 6, shift)).toEqual([6])
  })

  it('begins a range at the first that shows when the one chosen last is hidden', () => {
    expect(afterChoice(shown, [1], 8, shift)).toEqual([1, 9, 8])
  })
})

describe('keys on a variant', () => {
  it('act on all that are chosen when it is one of them, else on it alone', () => {
    expect(targetsOf([9, 7], 7)).toEqual([9, 7])
    expect(targetsOf([9, 7], 5)).toEqual([5])
    expect(targetsOf([9, 7], undefined)).toEqual([])
  })
})
