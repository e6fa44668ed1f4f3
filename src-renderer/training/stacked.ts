/** Two stacks as one: each original over its reconstruction. */
import type { PictureStack } from '../../src-main/contract/binary'

/** Picture i is `above[i]` directly over `below[i]`, twice as high. Both stacks have the same sizes. */
export function stackVertically(above: PictureStack, below: PictureStack): PictureStack {
  const size = above.width * above.height * above.channels
  const count = Math.min(above.count, below.count)
  const data = new Uint8Array(count * size * 2)
  for (let index = 0; index < count; index++) {
    data.set(above.data.subarray(index * size, (index + 1) * size), index * size * 2)
    data.set(below.data.subarray(index * size, (index + 1) * size), index * size * 2 + size)
  }
  return { count, width: above.width, height: above.height * 2, channels: above.channels, data }
}
