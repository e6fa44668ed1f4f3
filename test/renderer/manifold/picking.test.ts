import { describe, expect, it } from 'vitest'
import { boxBetween, nearestTo, nextInDirection, pickAt, pickBox } from '../../../src-renderer/manifold/picking'
import type { Projected } from '../../../src-renderer/manifold/projection'

/** Sprites as [x, y, depth, half]. */
function sprites(...rows: readonly (readonly [number, number, number, number])[]): Projected {
  const column = (k: 0 | 1 | 2 | 3): Float32Array => Float32Array.from(rows, (row) => row[k])
  return { count: rows.length, x: column(0), y: column(1), depth: column(2), half: column(3) }
}

describe('picking', () => {
  it('takes the sprite in front where several cover the pointer', () => {
    const scene = sprites([100, 100, 3, 20], [105, 100, 2, 20], [110, 100, 4, 20])
    expect(pickAt(scene, 104, 100)).toBe(1)
    expect(pickAt(scene, 128, 100)).toBe(2)
  })

  it('looks through the transparent parts of a picture', () => {
    const scene = sprites([100, 100, 2, 20], [100, 100, 3, 20])
    const leftHalfOnly = (index: number, u: number): boolean => index !== 0 || u < 0.5
    expect(pickAt(scene, 90, 100, leftHalfOnly)).toBe(0)
    expect(pickAt(scene, 110, 100, leftHalfOnly)).toBe(1)
  })

  it('forgives a pointer that just misses a small sprite, and nothing more', () => {
    const scene = sprites([100, 100, 2, 3])
    expect(pickAt(scene, 106, 100)).toBe(0)
    expect(pickAt(scene, 108, 100)).toBe(-1)
  })

  it('never takes what is not drawn', () => {
    expect(pickAt(sprites([100, 100, -1, 0]), 100, 100)).toBe(-1)
    expect(pickBox(sprites([100, 100, -1, 0]), boxBetween(0, 0, 500, 500))).toEqual([])
  })

  it('takes all whose centre lies in a box, drawn from any corner', () => {
    const scene = sprites([10, 10, 2, 3], [50, 60, 2, 3], [90, 20, 2, 3], [120, 20, 2, 40])
    const corners = [
      [0, 0, 100, 70],
      [100, 70, 0, 0],
      [0, 70, 100, 0],
    ] as const
    for (const [x1, y1, x2, y2] of corners) expect(pickBox(scene, boxBetween(x1, y1, x2, y2))).toEqual([0, 1, 2])
  })

  it('walks to the next sprite in a direction, straight ahead rather than aside', () => {
    const scene = sprites([100, 100, 2, 5], [130, 102, 2, 5], [112, 118, 2, 5], [60, 100, 2, 5], [100, 40, 2, 5])
    expect(nextInDirection(scene, 0, 'right')).toBe(1)
    expect(nextInDirection(scene, 0, 'left')).toBe(3)
    expect(nextInDirection(scene, 0, 'up')).toBe(4)
    expect(nextInDirection(scene, 0, 'down')).toBe(2)
    expect(nextInDirection(scene, 4, 'up')).toBe(-1)
  })

  it('reaches every sprite of a grid by walking', () => {
    const rows = Array.from({ length: 25 }, (_, n) => [(n % 5) * 20 + 10, Math.floor(n / 5) * 20 + 10, 2, 5] as const)
    const scene = sprites(...rows)
    let at = 0
    const seen = new Set([at])
    for (let row = 0; row < 5; row++) {
      const way = row % 2 === 0 ? 'right' : 'left'
      for (let step = 0; step < 4; step++) {
        at = nextInDirection(scene, at, way)
        seen.add(at)
      }
      if (row < 4) at = nextInDirection(scene, at, 'down')
      seen.add(at)
    }
    expect(seen.size).toBe(25)
    expect(seen.has(-1)).toBe(false)
  })

  it('finds where a walk begins: at the sprite nearest to a point', () => {
    const scene = sprites([10, 10, 2, 3], [50, 60, 2, 3], [52, 58, -1, 0])
    expect(nearestTo(scene, 52, 58)).toBe(1)
    expect(nearestTo(sprites(), 0, 0)).toBe(-1)
  })
})
