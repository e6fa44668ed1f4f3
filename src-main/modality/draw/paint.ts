/** Pixels onto pixels: the small operations that sheets and animations are put together from. */
import { type PictureStack } from '../../contract/binary'
import { type Bytes } from '../source'
import { pictureAt } from './stack'

export type Rgb = readonly [number, number, number]

export const white: Rgb = [255, 255, 255]

/** A picture being put together: [height, width, channels]. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly data: Bytes
}

/** An even canvas; `transparent` makes one with alpha. */
export function makeCanvas(width: number, height: number, background: Rgb | 'transparent'): Canvas {
  const channels = background === 'transparent' ? 4 : 3
  const data = new Uint8Array(width * height * channels)
  if (background !== 'transparent') for (let i = 0; i < data.length; i++) data[i] = background[i % 3] as number
  return { width, height, channels, data }
}

/** Lays one picture of a stack over the canvas, its upper left corner at (left, top). It must lie inside. */
export function layOver(canvas: Canvas, stack: PictureStack, index: number, left: number, top: number): void {
  const picture = pictureAt(stack, index)
  const { width, height, channels } = stack
  for (let y = 0; y < height; y++) {
    let from = y * width * channels
    let to = ((top + y) * canvas.width + left) * canvas.channels
    for (let x = 0; x < width; x++, from += channels, to += canvas.channels) {
      const r = picture[from] as number
      const g = channels === 1 ? r : (picture[from + 1] as number)
      const b = channels === 1 ? r : (picture[from + 2] as number)
      const alpha = channels === 4 ? (picture[from + 3] as number) : 255
      blend(canvas, to, r, g, b, alpha)
    }
  }
}

function blend(canvas: Canvas, to: number, r: number, g: number, b: number, alpha: number): void {
  const { data } = canvas
  if (alpha === 0) return
  const under = canvas.channels === 4 ? (data[to + 3] as number) : 255
  const sum = alpha + (under * (255 - alpha)) / 255
  const share = alpha / sum
  const over = (c: number, value: number): void => {
    data[to + c] = Math.round(value * share + (data[to + c] as number) * (1 - share))
  }
  over(0, r)
  over(1, g)
  over(2, b)
  if (canvas.channels === 4) data[to + 3] = Math.round(sum)
}

const checkerColors: readonly [Rgb, Rgb] = [
  [255, 255, 255],
  [228, 228, 231],
]

/** The checker that shows what is transparent. */
export function layChecker(
  canvas: Canvas,
  left: number,
  top: number,
  width: number,
  height: number,
  tile: number,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = checkerColors[(Math.floor(x / tile) + Math.floor(y / tile)) % 2 === 0 ? 0 : 1] as Rgb
      blend(canvas, ((top + y) * canvas.width + left + x) * canvas.channels, r, g, b, 255)
    }
  }
}

/** The canvas as a stack of one picture. */
export function stackOf(canvas: Canvas): PictureStack {
  const { width, height, channels, data } = canvas
  return { count: 1, width, height, channels, data }
}
