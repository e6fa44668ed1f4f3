/** Moves one picture into another of the same size. */
import { type Fill, type PictureSize } from './augment-pictures'

export interface Motion {
  readonly flipX: boolean
  readonly flipY: boolean
  /** Whole pixels to the right and down. */
  readonly dx: number
  readonly dy: number
  /** Radians, about the centre. */
  readonly angle: number
  readonly scale: number
}

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

/** Any motion: each pixel of the result looks up where it came from, between four pixels (bilinear). */
export function warp(from: Uint8Array, to: Uint8Array, size: PictureSize, motion: Motion, fill: Fill): void {
  const { height, width, channels } = size
  const cx = (width - 1) / 2
  const cy = (height - 1) / 2
  const cos = Math.cos(motion.angle) / motion.scale
  const sin = Math.sin(motion.angle) / motion.scale
  const signX = motion.flipX ? -1 : 1
  const signY = motion.flipY ? -1 : 1
  const color = new Float64Array(channels)
  let at = 0
  for (let y = 0; y < height; y++) {
    const v = y - cy - motion.dy
    for (let x = 0; x < width; x++, at += channels) {
      const u = x - cx - motion.dx
      const sourceX = cx + signX * (u * cos + v * sin)
      const sourceY = cy + signY * (v * cos - u * sin)
      sample(from, size, sourceX, sourceY, fill, color)
      for (let c = 0; c < channels; c++) to[at + c] = ((color[c] as number) + 0.5) | 0
    }
  }
}

/** The colour between four pixels. With alpha, colours weigh as much as they show. */
function sample(from: Uint8Array, size: PictureSize, x: number, y: number, fill: Fill, into: Float64Array): void {
  const { height, width, channels } = size
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const fx = x - x0
  const fy = y - y0
  into.fill(0)
  let shown = 0
  for (let corner = 0; corner < 4; corner++) {
    const px = x0 + (corner & 1)
    const py = y0 + (corner >> 1)
    let weight = ((corner & 1) === 1 ? fx : 1 - fx) * (corner >> 1 === 1 ? fy : 1 - fy)
    if (weight === 0) continue
    const outside = px < 0 || py < 0 || px >= width || py >= height
    const values = outside && typeof fill === 'object' ? fill : from
    const pixel =
      values === fill
        ? 0
        : (Math.min(Math.max(py, 0), height - 1) * width + Math.min(Math.max(px, 0), width - 1)) * channels
    if (channels === 4) {
      const alpha = outside && fill === 'clear' ? 0 : (values[pixel + 3] as number)
      into[3] = (into[3] as number) + weight * alpha
      // What can't be seen still gives its colour where nothing else does.
      weight *= alpha + 1e-3
      shown += weight
      for (let c = 0; c < 3; c++) into[c] = (into[c] as number) + weight * (values[pixel + c] as number)
    } else {
      for (let c = 0; c < channels; c++) into[c] = (into[c] as number) + weight * (values[pixel + c] as number)
    }
  }
  if (channels === 4) for (let c = 0; c < 3; c++) into[c] = (into[c] as number) / shown
}
