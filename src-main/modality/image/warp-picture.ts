/** Rotation and scale: each pixel of the result looks up where it came from, between four pixels (bilinear). */
import { type Fill, type Motion, type PictureSize } from './motion'

/** Any motion, from one picture into another of the same size. */
export function warp(from: Uint8Array, to: Uint8Array, size: PictureSize, motion: Motion, fill: Fill): void {
  const { height, width, channels } = size
  const cx = (width - 1) / 2
  const cy = (height - 1) / 2
  const cos = Math.cos(motion.angle) / motion.scale
  const sin = Math.sin(motion.angle) / motion.scale
  const signX = motion.flipX ? -1 : 1
  const signY = motion.flipY ? -1 : 1
  const stride = width * channels
  let at = 0
  for (let y = 0; y < height; y++) {
    const v = y - cy - motion.dy
    for (let x = 0; x < width; x++, at += channels) {
      const u = x - cx - motion.dx
      const sourceX = cx + signX * (u * cos + v * sin)
      const sourceY = cy + signY * (v * cos - u * sin)
      const x0 = Math.floor(sourceX)
      const y0 = Math.floor(sourceY)
      const isWithin = x0 >= 0 && y0 >= 0 && x0 < width - 1 && y0 < height - 1
      if (!isWithin || channels === 4) {
        sample(from, size, sourceX, sourceY, fill, to, at)
        continue
      }
      const fx = sourceX - x0
      const fy = sourceY - y0
      const first = y0 * stride + x0 * channels
      for (let c = first; c < first + channels; c++) {
        const a = from[c] as number
        const above = a + ((from[c + channels] as number) - a) * fx
        const b = from[c + stride] as number
        const below = b + ((from[c + stride + channels] as number) - b) * fx
        to[at + c - first] = (above + (below - above) * fy + 0.5) | 0
      }
    }
  }
}

const taps = new Int32Array(4)
const weights = new Float64Array(4)

/** The same at a border, where some of the four are the fill, and with alpha, where colours weigh as much as they show. */
function sample(
  from: Uint8Array,
  { height, width, channels }: PictureSize,
  x: number,
  y: number,
  fill: Fill,
  to: Uint8Array,
  at: number,
): void {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const fx = x - x0
  const fy = y - y0
  let filled = 0
  for (let corner = 0; corner < 4; corner++) {
    const px = x0 + (corner & 1)
    const py = y0 + (corner >> 1)
    const weight = ((corner & 1) === 1 ? fx : 1 - fx) * (corner >> 1 === 1 ? fy : 1 - fy)
    const isOutside = px < 0 || py < 0 || px >= width || py >= height
    if (isOutside && fill !== 'edge') filled += weight
    weights[corner] = isOutside && typeof fill === 'object' ? 0 : weight
    taps[corner] = (Math.min(Math.max(py, 0), height - 1) * width + Math.min(Math.max(px, 0), width - 1)) * channels
  }
  const constant = typeof fill === 'object' ? fill : null
  if (channels === 4) mixWithAlpha(from, x0, y0, width, height, constant, fill === 'clear', filled, to, at)
  else {
    for (let c = 0; c < channels; c++) {
      let sum = constant === null ? 0 : filled * (constant[c] as number)
      for (let k = 0; k < 4; k++) sum += (weights[k] as number) * (from[(taps[k] as number) + c] as number)
      to[at + c] = (sum + 0.5) | 0
    }
  }
}

/** What can't be seen still gives its colour where nothing else does. */
const unseen = 1e-3

function mixWithAlpha(
  from: Uint8Array,
  x0: number,
  y0: number,
  width: number,
  height: number,
  constant: readonly number[] | null,
  isClear: boolean,
  filled: number,
  to: Uint8Array,
  at: number,
): void {
  let [r, g, b, shown, alpha] = [0, 0, 0, 0, 0]
  for (let k = 0; k < 4; k++) {
    const weight = weights[k] as number
    if (weight === 0) continue
    const px = x0 + (k & 1)
    const py = y0 + (k >> 1)
    const isOutside = px < 0 || py < 0 || px >= width || py >= height
    const tap = taps[k] as number
    const a = isClear && isOutside ? 0 : (from[tap + 3] as number)
    const w = weight * (a + unseen)
    r += w * (from[tap] as number)
    g += w * (from[tap + 1] as number)
    b += w * (from[tap + 2] as number)
    shown += w
    alpha += weight * a
  }
  if (constant !== null && filled > 0) {
    const a = constant[3] as number
    const w = filled * (a + unseen)
    r += w * (constant[0] as number)
    g += w * (constant[1] as number)
    b += w * (constant[2] as number)
    shown += w
    alpha += filled * a
  }
  to[at] = (r / shown + 0.5) | 0
  to[at + 1] = (g / shown + 0.5) | 0
  to[at + 2] = (b / shown + 0.5) | 0
  to[at + 3] = (alpha + 0.5) | 0
}
