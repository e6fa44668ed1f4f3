import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  rangeOf,
  shareOf,
  shownValue,
  stepFor,
  stepped,
  typedValue,
  valueAt,
  keyedValue,
} from '../../../src-renderer/editor/slider-maths'

const range = { min: -3, max: 5 }
const axis = { ...range, mean: 1, std: 0.5 }

describe('a slider', () => {
  it('has a place on its track for every value, and back', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 5, noNaN: true }), (value) => {
        expect(valueAt(shareOf(value, range), range)).toBeCloseTo(value, 9)
      }),
    )
    expect(shareOf(99, range)).toBe(1)
    expect(valueAt(-0.4, range)).toBe(-3)
  })

  it('has room to move even where the collection never varies', () => {
    expect(rangeOf({ min: 2, max: 2 })).toEqual({ min: 1, max: 3, width: 2 })
    expect(shareOf(2, { min: 2, max: 2 })).toBe(0.5)
  })

  it('steps by a hundredth, a tenth with Shift, a thousandth with Alt', () => {
    expect(stepFor({ shiftKey: false, altKey: false })).toBe('normal')
    expect(stepFor({ shiftKey: true, altKey: false })).toBe('coarse')
    expect(stepFor({ shiftKey: true, altKey: true })).toBe('fine')
    expect(stepped(0, 1, 'normal', range)).toBeCloseTo(0.08)
    expect(stepped(0, -1, 'coarse', range)).toBeCloseTo(-0.8)
    expect(stepped(0, 1, 'fine', range)).toBeCloseTo(0.008)
  })

  it('stops at its ends, and lets a typed value beyond them come back but not go farther', () => {
    expect(stepped(4.99, 1, 'coarse', range)).toBe(5)
    expect(stepped(9, 1, 'normal', range)).toBe(9)
    expect(stepped(9, -1, 'normal', range)).toBeCloseTo(8.92)
    expect(stepped(-8, -1, 'normal', range)).toBe(-8)
    expect(stepped(-8, 1, 'normal', range)).toBeCloseTo(-7.92)
  })

  it('shows two decimals, a true minus, and no minus zero', () => {
    expect(shownValue(-1.234)).toBe('\u22121.23')
    expect(shownValue(-0.001)).toBe('0.00')
  })

  it('takes numbers as people type them', () => {
    expect(typedValue('1,5', axis)).toBe(1.5)
    expect(typedValue('\u22122', axis)).toBe(-2)
    expect(typedValue('m', axis)).toBe(1)
    expect(typedValue('+2s', axis)).toBe(2)
    expect(typedValue('-1.5 σ', axis)).toBe(0.25)
    expect(typedValue('1e9', axis)).toBe(85)
    for (const nonsense of ['', 'x', '1 2', 's', 'NaN', 'Infinity']) expect(typedValue(nonsense, axis)).toBeNull()
  })
})

it('goes where each key says: a step, a page, an end, and nowhere for other keys', () => {
  const range = { min: -2, max: 2 }
  const press = (key: string, shiftKey = false, altKey = false) => keyedValue({ key, shiftKey, altKey }, 0, range)
  expect(press('ArrowRight')).toBeCloseTo(0.04)
  expect(press('ArrowDown')).toBeCloseTo(-0.04)
  expect(press('ArrowUp', true)).toBeCloseTo(0.4)
  expect(press('ArrowLeft', false, true)).toBeCloseTo(-0.004)
  expect(press('PageUp')).toBeCloseTo(0.4)
  expect([press('Home'), press('End')]).toEqual([-2, 2])
  expect(press('Tab')).toBeNull()
})
