import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawOrderRoom, sortByDepth } from '../../../src-renderer/manifold/draw-order'
import { projectedRoom } from '../../../src-renderer/manifold/projection'

function scene(depths: readonly number[]) {
  const sprites = projectedRoom(depths.length)
  sprites.depth.set(depths)
  sprites.half.fill(5)
  return sprites
}

describe('the order in which sprites are drawn', () => {
  it('lists every visible sprite once, sorted by depth to within a bucket', () => {
    const depths = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { maxLength: 200 })
    fc.assert(
      fc.property(depths, fc.boolean(), (values, farthestFirst) => {
        const sprites = scene(values)
        const order = sortByDepth(sprites, farthestFirst, drawOrderRoom(values.length))
        const drawn = [...order.items.subarray(0, order.drawn)]
        expect([...drawn].sort((a, b) => a - b)).toEqual(values.map((_, n) => n))
        const bucket = 9.9 / 16000
        for (let n = 1; n < drawn.length; n++) {
          const [a = 0, b = 0] = [sprites.depth[drawn[n - 1] ?? 0], sprites.depth[drawn[n] ?? 0]]
          if (farthestFirst) expect(a).toBeGreaterThanOrEqual(b - bucket)
          else expect(a).toBeLessThanOrEqual(b + bucket)
        }
      }),
    )
  })

  it('keeps the order of sprites at the same depth, so that a still view never flickers', () => {
    const order = sortByDepth(scene([2, 2, 2, 2]), true, drawOrderRoom(4))
    expect([...order.items]).toEqual([0, 1, 2, 3])
  })

  it('leaves out what is not in view', () => {
    const sprites = scene([3, 1, 2])
    sprites.half[1] = 0
    const order = sortByDepth(sprites, false, drawOrderRoom(3))
    expect([...order.items.subarray(0, order.drawn)]).toEqual([2, 0])
  })
})
