import { describe, expect, it } from 'vitest'
import { groundFor } from '../../../src-renderer/ui/ground'

const flat = (r: number, g: number, b: number, a: number, count = 1) => ({
  count,
  width: 8,
  height: 8,
  channels: 4 as const,
  data: Uint8Array.from({ length: count * 256 }, (_, index) => [r, g, b, a][index % 4] ?? 0),
})

describe('groundFor', () => {
  it('puts light behind dark drawings and dark behind light ones', () => {
    expect(groundFor(flat(0, 0, 0, 200))).toBe('light')
    expect(groundFor(flat(255, 255, 255, 200))).toBe('dark')
    expect(groundFor(flat(120, 140, 90, 200))).toBe('theme')
  })
  it('does not look at what can not be seen', () => {
    const stack = flat(255, 255, 255, 0)
    stack.data.set([0, 0, 0, 255], 0)
    expect(groundFor(stack)).toBe('light')
    expect(groundFor(flat(0, 0, 0, 0))).toBe('theme')
  })
  it('is not needed behind opaque pictures', () => {
    expect(groundFor(flat(0, 0, 0, 255))).toBe('none')
    expect(groundFor({ ...flat(0, 0, 0, 255), channels: 3, data: new Uint8Array(192) })).toBe('none')
  })
})
