import { describe, expect, it } from 'vitest'
import { layoutWhole, writeCell } from '../../../src-renderer/manifold/atlas-layout'
import { nearAndLarge, SlotCache, softFrom } from '../../../src-renderer/manifold/close-ups'
import { projectedRoom } from '../../../src-renderer/manifold/projection'

describe('close-ups', () => {
  it('are wanted for what is drawn larger than its cell, sooner on fine screens', () => {
    expect(softFrom(64, 1)).toBeGreaterThan(32)
    expect(softFrom(64, 1)).toBeLessThan(40)
    expect(softFrom(64, 2)).toBeCloseTo(softFrom(64, 1) / 2)
  })

  it('go to the nearest of the large ones', () => {
    const sprites = projectedRoom(5)
    sprites.half.set([50, 10, 60, 0, 70])
    sprites.depth.set([3, 1, 2, 0.5, 4])
    expect(nearAndLarge(sprites, 40, 9)).toEqual([2, 0, 4])
    expect(nearAndLarge(sprites, 40, 2)).toEqual([2, 0])
  })

  it('take the slot of the one that has not been wanted for longest, and never two owners a slot', () => {
    const cache = new SlotCache(3)
    const slots = [7, 8, 9].map((owner) => cache.take(owner).slot)
    expect(new Set(slots).size).toBe(3)
    cache.want([7])
    expect(cache.take(10)).toEqual({ slot: slots[1], lost: 8 })
    expect(cache.has(8)).toBe(false)
    expect(cache.take(7)).toEqual({ slot: slots[0], lost: -1 })
    expect(cache.take(11).lost).toBe(9)
    expect(cache.take(12).lost).toBe(7)
  })

  it('lie one a tile, colours multiplied by alpha like those of the atlas', () => {
    const layout = layoutWhole(2, 4, 2)
    const tiles = new Uint8Array(2 * 2 * 2 * 4)
    const data = Uint8Array.from({ length: 16 }, (_, n) => (n % 4 === 3 ? 128 : 200))
    writeCell(tiles, layout, 1, { data, offset: 0, channels: 4 })
    expect([...tiles.subarray(0, 16)].every((value) => value === 0)).toBe(true)
    expect([...tiles.subarray(16, 20)]).toEqual([100, 100, 100, 128])
  })
})
