import { describe, expect, it } from 'vitest'
import { enlarge } from '../../../src-main/modality/draw/enlarge'

/** Noise, and rows of Pillow 13's `resize(..., Image.LANCZOS)` of it with its edge repeated, four times larger. */
const noise = [
  142, 124, 103, 156, 108, 100, 121, 119, 110, 143, 141, 110, 121, 155, 138, 132, 120, 144, 129, 139, 114, 156, 126,
  117, 126, 122, 102, 102, 101, 151,
]
const pillow: Record<number, number[]> = {
  0: [
    145, 145, 143, 140, 136, 130, 120, 110, 101, 100, 108, 125, 142, 154, 157, 146, 128, 110, 99, 94, 96, 98, 100, 102,
  ],
  7: [
    116, 116, 119, 124, 129, 131, 132, 130, 126, 124, 122, 125, 129, 133, 136, 138, 138, 137, 136, 133, 130, 127, 125,
    124,
  ],
  10: [
    117, 119, 126, 135, 147, 155, 157, 153, 147, 141, 136, 135, 136, 136, 133, 127, 122, 119, 121, 125, 133, 139, 145,
    146,
  ],
  19: [126, 125, 125, 125, 125, 122, 119, 114, 109, 104, 100, 98, 97, 97, 94, 91, 90, 94, 104, 118, 135, 150, 159, 163],
}

describe('enlarge', () => {
  it('agrees with Pillow’s Lanczos', async () => {
    const out = await enlarge({ count: 1, width: 6, height: 5, channels: 1, data: Uint8Array.from(noise) }, 4)
    expect([out.width, out.height]).toEqual([24, 20])
    for (const [y, row] of Object.entries(pillow)) {
      // Pillow rounds to bytes between its two passes.
      const ours = [...out.data.subarray(Number(y) * 24, (Number(y) + 1) * 24)]
      const worst = Math.max(...ours.map((value, i) => Math.abs(value - (row[i] as number))))
      expect(worst).toBeLessThanOrEqual(1)
    }
  })

  it('keeps an even colour even, in every channel layout and factor', async () => {
    for (const channels of [1, 3, 4] as const) {
      for (const scale of [2, 3, 8]) {
        const color = [90, 160, 30, 128].slice(0, channels)
        const data = Uint8Array.from(Array.from({ length: 12 }, () => color).flat())
        const out = await enlarge({ count: 1, width: 4, height: 3, channels, data }, scale)
        expect(out.data.length).toBe(12 * scale * scale * channels)
        expect(out.data.every((value, i) => Math.abs(value - (color[i % channels] as number)) <= 1)).toBe(true)
      }
    }
  })

  it('leaves no seam round a cut-out and no dark fringe on it', async () => {
    const data = new Uint8Array(12 * 12 * 4)
    for (let y = 4; y < 8; y++) for (let x = 4; x < 8; x++) data.set([240, 240, 240, 255], (y * 12 + x) * 4)
    const { data: out } = await enlarge({ count: 1, width: 12, height: 12, channels: 4, data }, 8)
    for (let at = 0; at < out.length; at += 4) {
      const [x, y] = [(at / 4) % 96, Math.floor(at / 4 / 96)]
      const isFar = x < 27 || x > 68 || y < 27 || y > 68
      if (isFar) expect(out[at + 3]).toBe(0)
      if ((out[at + 3] as number) > 16) expect(out[at] as number).toBeGreaterThan(225)
    }
  })

  it('returns the same at scale 1, and stops when it is told to', async () => {
    const stack = { count: 1, width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) } as const
    expect(await enlarge(stack, 1)).toBe(stack)
    const stop = new AbortController()
    stop.abort()
    await expect(enlarge(stack, 2, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('lets the event loop breathe', async () => {
    const big = {
      count: 4,
      width: 128,
      height: 128,
      channels: 4,
      data: new Uint8Array(4 * 128 * 128 * 4).fill(128),
    } as const
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await enlarge(big, 6)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })
})
