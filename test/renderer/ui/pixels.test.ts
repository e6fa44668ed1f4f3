import { describe, expect, it } from 'vitest'
import { rgbaOf, slicePictures, writeRgba } from '../../../src-renderer/ui/pixels'

const gray = { count: 2, width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(10, 20, 30, 40) }
const rgba = { count: 1, width: 1, height: 2, channels: 4 as const, data: Uint8Array.of(1, 2, 3, 0, 5, 6, 7, 128) }

describe('rgbaOf', () => {
  it('spreads grey over the colours and makes it opaque', () => {
    expect([...rgbaOf(gray, 1)]).toEqual([30, 30, 30, 255, 40, 40, 40, 255])
  })
  it('keeps colour and straight alpha as they are', () => {
    expect([...rgbaOf(rgba)]).toEqual([1, 2, 3, 0, 5, 6, 7, 128])
    const rgb = { count: 1, width: 1, height: 1, channels: 3 as const, data: Uint8Array.of(9, 8, 7) }
    expect([...rgbaOf(rgb)]).toEqual([9, 8, 7, 255])
  })
  it('is empty for a picture that is not there', () => {
    expect([...rgbaOf(gray, 2)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('writeRgba', () => {
  it('writes into a larger image and touches nothing else', () => {
    const target = new Uint8ClampedArray(3 * 2 * 4).fill(200)
    writeRgba(rgba, 0, target, 4, 12)
    expect([...target.subarray(4, 8)]).toEqual([1, 2, 3, 0])
    expect([...target.subarray(16, 20)]).toEqual([5, 6, 7, 128])
    expect(target.filter((value) => value === 200)).toHaveLength(16)
  })
})

describe('slicePictures', () => {
  it('shares the bytes of the stack', () => {
    const part = slicePictures(gray, 1, 1)
    expect(part.count).toBe(1)
    expect([...part.data]).toEqual([30, 40])
    expect(part.data.buffer).toBe(gray.data.buffer)
  })
})
