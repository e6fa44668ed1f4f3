/** Animations. */
import { applyPalette, GIFEncoder, quantize } from './gifenc'
import { type PictureStack } from '../../contract/binary'
import { cancelled } from '../../contract/errors'
import { type Bytes } from '../source'
import { enlarge } from './enlarge'
import { layOver, makeCanvas, type Rgb, white } from './paint'
import { oneOf } from './stack'

export interface GifOptions {
  readonly framesPerSecond: number
  /** Plays forth and back for ever; otherwise forth, for ever. */
  readonly backAndForth?: boolean
  /** Lanczos enlargement, 1..8; default 1. */
  readonly scale?: number
  /** What lies under transparency: GIF has no partial alpha; default white. */
  readonly background?: Rgb
  readonly signal?: AbortSignal
}

const grays: number[][] = Array.from({ length: 256 }, (_, v) => [v, v, v])

/**
 * An animation whose frames are the stack's pictures. GIF counts time in hundredths of a second: rates that don't divide
 * 100 are rounded frame by frame so that the whole keeps its length.
 * Throws VariaError `cancelled`.
 */
export async function drawGif(frames: PictureStack, options: GifOptions): Promise<Bytes> {
  const { framesPerSecond, backAndForth = false, scale = 1, background = white, signal } = options
  const gif = GIFEncoder()
  let time = 0
  const delay = (): number => {
    const from = Math.round((time * 100) / framesPerSecond)
    time++
    return Math.round((time * 100) / framesPerSecond) - from
  }
  for (const index of order(frames.count, backAndForth)) {
    if (signal?.aborted) throw cancelled('Drawing the animation')
    const frame = await enlarge(oneOf(frames, index), scale, signal)
    const { indices, palette } = indexColors(frame, background)
    // 10 ms units go in as milliseconds; players show anything under 20 ms slower.
    gif.writeFrame(indices, frame.width, frame.height, { palette, delay: Math.max(delay(), 2) * 10, repeat: 0 })
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
  gif.finish()
  return new Uint8Array(gif.bytes())
}

/** Forth, and back without showing either end twice. */
function order(count: number, backAndForth: boolean): number[] {
  const forth = Array.from({ length: count }, (_, i) => i)
  return backAndForth ? [...forth, ...forth.slice(1, -1).reverse()] : forth
}

function indexColors(frame: PictureStack, background: Rgb): { indices: Uint8Array; palette: number[][] } {
  // Grey needs no search: the value is its own place in the palette.
  if (frame.channels === 1) return { indices: frame.data, palette: grays }
  const canvas = makeCanvas(frame.width, frame.height, background)
  layOver(canvas, frame, 0, 0, 0)
  const rgba = new Uint8Array(frame.width * frame.height * 4)
  for (let from = 0, to = 0; from < canvas.data.length; from += 3, to += 4) {
    rgba[to] = canvas.data[from] as number
    rgba[to + 1] = canvas.data[from + 1] as number
    rgba[to + 2] = canvas.data[from + 2] as number
    rgba[to + 3] = 255
  }
  const palette = quantize(rgba, 256)
  return { indices: applyPalette(rgba, palette), palette }
}
