/** From a stack of pictures to pixels that a canvas draws. */
import type { PictureStack } from '../../src-main/contract/binary'

/** One picture of a stack as RGBA, straight alpha; an empty picture where `index` is outside it. */
export function rgbaOf(stack: PictureStack, index = 0): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = stack
  const rgba = new Uint8ClampedArray(width * height * 4)
  if (index >= 0 && index < stack.count) writeRgba(stack, index, rgba, 0, width * 4)
  return rgba
}

/**
 * Writes one picture of a stack into a larger RGBA image, row by row from byte `offset` on, rows `stride` bytes apart:
 * for atlases and mosaics.
 */
export function writeRgba(
  stack: PictureStack,
  index: number,
  target: Uint8Array | Uint8ClampedArray,
  offset: number,
  stride: number,
): void {
  const { width, height, channels, data } = stack
  let from = index * width * height * channels
  for (let y = 0; y < height; y++) {
    let to = offset + y * stride
    if (channels === 4) {
      target.set(data.subarray(from, from + width * 4), to)
      from += width * 4
      continue
    }
    for (let x = 0; x < width; x++) {
      const red = data[from] ?? 0
      target[to] = red
      target[to + 1] = channels === 1 ? red : (data[from + 1] ?? 0)
      target[to + 2] = channels === 1 ? red : (data[from + 2] ?? 0)
      target[to + 3] = 255
      from += channels
      to += 4
    }
  }
}

/** One picture as ImageData. */
export function imageData(stack: PictureStack, index = 0): ImageData {
  return new ImageData(rgbaOf(stack, index), stack.width, stack.height)
}

/** The pictures `from` to `from + count` of a stack, sharing its bytes. */
export function slicePictures(stack: PictureStack, from: number, count: number): PictureStack {
  const size = stack.width * stack.height * stack.channels
  return { ...stack, count, data: stack.data.subarray(from * size, (from + count) * size) }
}
