import { describe, expect, it } from 'vitest'
import { PictureCache } from '../../../src-renderer/collection/picture-cache'
import { slicePictures } from '../../../src-renderer/ui/pixels'

const stack = { count: 10, width: 10, height: 10, channels: 1 as const, data: new Uint8Array(1000) }

describe('PictureCache', () => {
  it('stays within its budget by dropping what was least lately used', () => {
    const cache = new PictureCache(350)
    for (const id of [1, 2, 3]) cache.set(id, slicePictures(stack, id, 1))
    expect(cache.get(1)).toBeDefined()
    cache.set(4, slicePictures(stack, 4, 1))
    expect(cache.bytes).toBe(300)
    expect(cache.get(2)).toBeUndefined()
    expect(cache.get(1)).toBeDefined()
  })

  it('does not hold on to the stack a picture was cut from', () => {
    const cache = new PictureCache(1000)
    cache.set(1, slicePictures(stack, 1, 1))
    expect(cache.get(1)?.data.buffer.byteLength).toBe(100)
  })

  it('counts a picture that is set again once', () => {
    const cache = new PictureCache(1000)
    cache.set(1, slicePictures(stack, 1, 1))
    cache.set(1, slicePictures(stack, 2, 1))
    expect(cache.bytes).toBe(100)
  })
})
