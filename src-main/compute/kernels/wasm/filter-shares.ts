import type { TensorInfo } from '@tensorflow/tfjs-core'
import { newTensor, numbersOf } from './wasm-backend'

/**
 * Cuts a convolution's filter into one for each phase of its stride, turned by half a turn, in and out exchanged:
 *
 *   shares[p s + q][m, n, k, c] = filter[p + (tall - 1 - m) s, q + (wide - 1 - n) s, c, k]
 *
 * and 0 where that lies outside the filter. By a loop of our own, for the backend takes tensors of six dimensions apart slowly.
 *
 * @param filter [height, width, in, out]
 * @returns stride * stride tensors [tall, wide, out, in], tall = ceil(height / stride) and wide = ceil(width / stride)
 */
export function filterShares(filter: TensorInfo, stride: number): TensorInfo[] {
  const [height = 0, width = 0, inChannels = 0, outChannels = 0] = filter.shape
  const tall = Math.ceil(height / stride)
  const wide = Math.ceil(width / stride)
  const shares = Array.from({ length: stride * stride }, () => newTensor([tall, wide, outChannels, inChannels]))
  const [source, ...targets] = numbersOf([filter, ...shares])
  if (source === undefined) throw new Error('cutting no filter')
  const size = inChannels * outChannels
  targets.forEach((target, index) => {
    const p = Math.floor(index / stride)
    const q = index % stride
    for (let m = 0; m < tall; m++) {
      for (let n = 0; n < wide; n++) {
        const u = p + (tall - 1 - m) * stride
        const v = q + (wide - 1 - n) * stride
        const to = (m * wide + n) * size
        if (u < height && v < width) exchange(source, (u * width + v) * size, target, to, inChannels, outChannels)
        else target.fill(0, to, to + size)
      }
    }
  })
  return shares
}

/** Copies a matrix [rows, columns] as its transpose. */
function exchange(
  source: Float32Array,
  from: number,
  target: Float32Array,
  to: number,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0, at = to + row; column < columns; column++, at += rows) {
      target[at] = source[from++] as number
    }
  }
}
