import type { TensorInfo } from '@tensorflow/tfjs-core'
import { newTensor, numbersOf } from './wasm-backend'

/**
 * Puts stride * stride pictures of one size together, each pixel of the result from the one whose turn it is:
 *
 *   result[b, y, x, c] = phases[(y mod s) s + x mod s][b, floor(y / s), floor(x / s), c]
 *
 * @param phases stride * stride tensors [batch, ceil(height / stride), ceil(width / stride), channels]
 * @param shape of the result: [batch, height, width, channels]
 */
export function interleave(
  phases: readonly TensorInfo[],
  shape: [number, number, number, number],
  stride: number,
): TensorInfo {
  const [batch, height, width, channels] = shape
  const columns = Math.ceil(width / stride)
  const rows = Math.ceil(height / stride)
  const result = newTensor(shape)
  const [target, ...sources] = numbersOf([result, ...phases])
  if (target === undefined) throw new Error('interleaving nothing')
  for (let p = 0; p < stride; p++) {
    for (let q = 0; q < stride; q++) {
      const source = sources[p * stride + q]
      if (source === undefined) throw new Error('interleaving too few phases')
      const step = (stride - 1) * channels
      for (let b = 0; b < batch; b++) {
        for (let y = p, row = 0; y < height; y += stride, row++) {
          let to = ((b * height + y) * width + q) * channels
          let from = (b * rows + row) * columns * channels
          for (let x = q; x < width; x += stride) {
            for (let c = 0; c < channels; c++) target[to++] = source[from++] as number
            to += step
          }
        }
      }
    }
  }
  return result
}
