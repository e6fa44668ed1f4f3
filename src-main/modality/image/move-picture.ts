/** Flips and shifts of one picture into another of the same size. */
import { type Fill, type Motion, type PictureSize } from './motion'

/** Flips and shifts: whole rows are copied. */
export function moveByPixels(from: Uint8Array, to: Uint8Array, size: PictureSize, motion: Motion, fill: Fill): void {
  const { height, width, channels } = size
  const { dx, dy, flipX, flipY } = motion
  const stride = width * channels
  // Columns of the result that the picture still covers.
  const left = Math.min(Math.max(dx, 0), width)
  const right = Math.max(Math.min(width + dx, width), left)
  for (let y = 0; y < height; y++) {
    const wanted = y - dy
    const row = y * stride
    const inside = wanted >= 0 && wanted < height
    if (!inside && typeof fill === 'object') {
      paint(to, row, width, channels, fill)
      continue
    }
    const nearest = Math.min(Math.max(wanted, 0), height - 1)
    const source = (flipY ? height - 1 - nearest : nearest) * stride
    if (!flipX) {
      to.set(from.subarray(source + (left - dx) * channels, source + (right - dx) * channels), row + left * channels)
    } else {
      for (let x = left; x < right; x++) {
        const pixel = source + (width - 1 - (x - dx)) * channels
        const target = row + x * channels
        for (let c = 0; c < channels; c++) to[target + c] = from[pixel + c] as number
      }
    }
    fillSides(to, row, size, left, right, fill)
    if (!inside && fill === 'clear') clear(to, row, width, channels)
  }
}

function fillSides(
  to: Uint8Array,
  row: number,
  { width, channels }: PictureSize,
  left: number,
  right: number,
  fill: Fill,
): void {
  if (left === 0 && right === width) return
  if (typeof fill === 'object') {
    paint(to, row, left, channels, fill)
    paint(to, row + right * channels, width - right, channels, fill)
    return
  }
  // A picture shifted out entirely leaves nothing to continue; shifts are at most half a picture, so this can't happen.
  const first = row + left * channels
  const last = row + (right - 1) * channels
  for (let x = 0; x < left; x++) to.copyWithin(row + x * channels, first, first + channels)
  for (let x = right; x < width; x++) to.copyWithin(row + x * channels, last, last + channels)
  if (fill === 'clear') {
    clear(to, row, left, channels)
    clear(to, row + right * channels, width - right, channels)
  }
}

function paint(to: Uint8Array, at: number, count: number, channels: number, fill: readonly number[]): void {
  if (channels === 1) {
    to.fill(fill[0] as number, at, at + count)
    return
  }
  for (let i = 0; i < count * channels; i++) to[at + i] = fill[i % channels] as number
}

function clear(to: Uint8Array, at: number, count: number, channels: number): void {
  for (let i = 0; i < count; i++) to[at + i * channels + channels - 1] = 0
}
