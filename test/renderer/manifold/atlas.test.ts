import { describe, expect, it } from 'vitest'
import { cellOf, layoutAtlas, writeCell } from '../../../src-renderer/manifold/atlas-layout'
import { loadAtlas } from '../../../src-renderer/manifold/atlas-loader'

describe('the atlas', () => {
  it('takes the largest cells that fit its budget, and none larger than the pictures', () => {
    expect(layoutAtlas(7447, 1, 64).cell).toBe(64)
    expect(layoutAtlas(7447, 4, 64).cell).toBe(64)
    expect(layoutAtlas(7447, 4, 32).cell).toBe(32)
    expect(layoutAtlas(100_000, 1, 128).cell).toBe(32)
    expect(layoutAtlas(100_000, 4, 128).cell).toBe(16)
    for (const count of [1, 7447, 100_000]) {
      const layout = layoutAtlas(count, 4, 64)
      expect(layout.tiles * layout.cellsPerTile).toBeGreaterThanOrEqual(count)
      expect(layout.tile).toBeLessThanOrEqual(2048)
      // What WebGL 2 promises everywhere.
      expect(layout.tiles).toBeLessThanOrEqual(256)
    }
  })

  it('gives every sprite a cell of its own inside a tile', () => {
    const layout = layoutAtlas(1000, 1, 64)
    const seen = new Set<string>()
    for (let n = 0; n < 1000; n++) {
      const { tile, x, y } = cellOf(n, layout)
      expect(x + layout.cell).toBeLessThanOrEqual(layout.tile)
      expect(y + layout.cell).toBeLessThanOrEqual(layout.tile)
      expect(tile).toBeLessThan(layout.tiles)
      seen.add(`${tile} ${x} ${y}`)
    }
    expect(seen.size).toBe(1000)
  })

  it('multiplies colours by alpha, so that nothing bleeds from under transparency', () => {
    const layout = layoutAtlas(10, 4, 16)
    const tiles = new Uint8Array(layout.tile * layout.tile * 4)
    const data = new Uint8Array(16 * 16 * 4).fill(200)
    data.set([255, 100, 0, 0], 0)
    data.set([255, 100, 0, 128], 4)
    writeCell(tiles, layout, 1, { data, offset: 0, channels: 4 })
    const at = 16 * 4
    expect([...tiles.subarray(at, at + 8)]).toEqual([0, 0, 0, 0, 128, 50, 0, 128])
    expect([...tiles.subarray(0, 4)]).toEqual([0, 0, 0, 0])
  })

  it('keeps grey pictures at a byte a pixel', () => {
    const layout = layoutAtlas(10, 1, 16)
    const tiles = new Uint8Array(layout.tile * layout.tile)
    const data = Uint8Array.from({ length: 512 }, (_, n) => n % 251)
    writeCell(tiles, layout, 2, { data, offset: 256, channels: 1 })
    expect(tiles[2 * 16]).toBe(256 % 251)
    expect(tiles[2 * 16 + layout.tile]).toBe(272 % 251)
  })

  it('is filled piece by piece, without gaps, and stops when told', async () => {
    const layout = layoutAtlas(3000, 1, 64)
    const taken: [number, number][] = []
    const stopped = new AbortController()
    const fetch = ({ size, count }: { size: number; offset: number; count: number }) =>
      Promise.resolve({
        count,
        width: size,
        height: size,
        channels: 1 as const,
        data: new Uint8Array(size * size * count),
      })
    await loadAtlas(layout, 3000, fetch, (offset, stack) => taken.push([offset, stack.count]), stopped.signal)
    expect(taken[0]?.[0]).toBe(0)
    taken.slice(1).forEach(([offset], n) => expect(offset).toBe((taken[n]?.[0] ?? 0) + (taken[n]?.[1] ?? 0)))
    expect(taken.reduce((sum, [, count]) => sum + count, 0)).toBe(3000)

    const few: number[] = []
    await loadAtlas(
      layout,
      3000,
      fetch,
      (offset) => {
        few.push(offset)
        stopped.abort()
      },
      stopped.signal,
    )
    expect(few).toEqual([0])
  })
})
