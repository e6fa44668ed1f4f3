/** Small pictures for the manifold's atlas, by averaging over areas: what a sprite of a few pixels should show. */
import { type PictureStack } from '../../contract/binary'

/**
 * Shrinks every picture to `size` pixels a side. Both sizes are powers of two, so each new pixel is the mean of a whole
 * square; colour is weighted by alpha. A picture that is smaller already is returned as it is, repeated pixel by pixel.
 */
export function shrink(stack: PictureStack, size: number): PictureStack {
  if (stack.width === size) return stack
  if (stack.width < size) return repeat(stack, size / stack.width)
  const { count, channels } = stack
  const factor = stack.width / size
  const data = new Uint8Array(count * size * size * channels)
  const colours = channels === 4 ? 3 : channels
  const sums = new Float64Array(4)
  let to = 0
  for (let picture = 0; picture < count; picture++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        sums.fill(0)
        let alphas = 0
        for (let y = 0; y < factor; y++) {
          let at = ((picture * stack.height + row * factor + y) * stack.width + column * factor) * channels
          for (let x = 0; x < factor; x++, at += channels) {
            const alpha = channels === 4 ? (stack.data[at + 3] ?? 0) : 1
            alphas += alpha
            for (let channel = 0; channel < colours; channel++) {
              sums[channel] = (sums[channel] ?? 0) + alpha * (stack.data[at + channel] ?? 0)
            }
          }
        }
        for (let channel = 0; channel < colours; channel++) {
          data[to++] = alphas > 0 ? Math.round((sums[channel] ?? 0) / alphas) : 0
        }
        if (channels === 4) data[to++] = Math.round(alphas / (factor * factor))
      }
    }
  }
  return { count, width: size, height: size, channels, data }
}

function repeat(stack: PictureStack, factor: number): PictureStack {
  const { count, channels } = stack
  const size = stack.width * factor
  const data = new Uint8Array(count * size * size * channels)
  let to = 0
  for (let picture = 0; picture < count; picture++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const y = picture * stack.height + Math.floor(row / factor)
        const from = (y * stack.width + Math.floor(column / factor)) * channels
        for (let channel = 0; channel < channels; channel++) data[to++] = stack.data[from + channel] ?? 0
      }
    }
  }
  return { count, width: size, height: size, channels, data }
}
