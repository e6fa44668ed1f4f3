import { describe, expect, it } from 'vitest'
import { layoutGrid, moveInGrid, visibleRange } from '../../../src-renderer/ui/grid-layout'

const shape = { count: 7447, width: 1000, cell: 96, caption: 0, gap: 8 }

describe('layoutGrid', () => {
  it('fills the width with as many cells as fit', () => {
    const layout = layoutGrid(shape)
    expect(layout.columns).toBe(9)
    expect(layout.columns * layout.columnStep - shape.gap).toBeCloseTo(shape.width)
    expect(layout.columnStep - shape.gap).toBeGreaterThanOrEqual(shape.cell)
    expect(layout.rows).toBe(Math.ceil(7447 / 9))
  })
  it('keeps one column where there is hardly any room', () => {
    expect(layoutGrid({ ...shape, width: 40 }).columns).toBe(1)
  })
  it('adds the caption to each row', () => {
    expect(layoutGrid({ ...shape, caption: 22 }).rowStep - layoutGrid(shape).rowStep).toBeCloseTo(22)
  })
  it('is empty for nothing', () => {
    expect(layoutGrid({ ...shape, count: 0 })).toMatchObject({ rows: 0, height: 0 })
  })
})

describe('visibleRange', () => {
  const layout = layoutGrid(shape)
  it('covers what is in view and a little more, and never leaves the list', () => {
    expect(visibleRange(layout, shape.count, 0, 600)).toEqual({
      first: 0,
      end: 9 * (Math.ceil(600 / layout.rowStep) + 2),
    })
    expect(visibleRange(layout, shape.count, layout.height - 600, 600).end).toBe(7447)
    expect(visibleRange(layout, 0, 0, 600)).toEqual({ first: 0, end: 0 })
  })
  it('has few cells however long the list is', () => {
    const long = layoutGrid({ ...shape, count: 1_000_000 })
    const { first, end } = visibleRange(long, 1_000_000, long.height / 2, 600)
    expect(end - first).toBeLessThan(120)
  })
})

describe('moveInGrid', () => {
  const move = (key: string, index: number, toEnd = false): number | null => moveInGrid(key, index, 23, 5, 2, toEnd)
  it('moves by cells, rows and pages within the list', () => {
    expect(move('ArrowRight', 22)).toBe(22)
    expect(move('ArrowLeft', 5)).toBe(4)
    expect(move('ArrowDown', 7)).toBe(12)
    expect(move('ArrowUp', 3)).toBe(3)
    expect(move('PageDown', 3)).toBe(13)
    expect(move('PageUp', 3)).toBe(0)
  })
  it('goes to the last cell from above a short last row', () => {
    expect(move('ArrowDown', 19)).toBe(22)
    expect(move('ArrowDown', 21)).toBe(21)
  })
  it('takes Home and End to the row, or with Mod to the list', () => {
    expect(move('Home', 8)).toBe(5)
    expect(move('End', 8)).toBe(9)
    expect(move('End', 21)).toBe(22)
    expect(move('Home', 8, true)).toBe(0)
    expect(move('End', 8, true)).toBe(22)
  })
  it('leaves other keys alone', () => {
    expect(move('a', 0)).toBeNull()
  })
})
