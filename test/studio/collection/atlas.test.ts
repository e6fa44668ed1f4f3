import { expect, test } from 'vitest'
import { shrink } from '../../../src-main/studio/collection/atlas'

test('a shrunk picture is the mean of its squares', () => {
  const stack = {
    count: 1,
    width: 4,
    height: 4,
    channels: 1 as const,
    data: Uint8Array.from({ length: 16 }, (_, i) => i * 10),
  }
  expect(Array.from(shrink(stack, 2).data)).toEqual([25, 45, 105, 125])
})

test('what is transparent has no say in the colour', () => {
  const data = Uint8Array.of(200, 0, 0, 255, 0, 255, 0, 0, 200, 0, 0, 255, 0, 255, 0, 0)
  const small = shrink({ count: 1, width: 2, height: 2, channels: 4, data }, 1)
  expect(Array.from(small.data)).toEqual([200, 0, 0, 128])
})

test('a picture smaller than its place is repeated, pixel by pixel', () => {
  const stack = { count: 1, width: 2, height: 2, channels: 1 as const, data: Uint8Array.of(1, 2, 3, 4) }
  expect(Array.from(shrink(stack, 4).data)).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4])
})
