/** Enlarges pictures for hand-over. libvips falls back to bicubic where it enlarges, hence a Lanczos of our own. */
import { type PictureStack } from '../../contract/binary'
import { cancelled } from '../../contract/errors'
import { pictureAt } from './stack'

/** Samples on each side that an output pixel is made of. */
const lobes = 3

/** Milliseconds of work between two looks at the event loop. */
const breath = 6

/**
 * Enlarges pictures by a whole factor with a Lanczos-3 window (Duchon 1979), alpha premultiplied meanwhile so that no
 * fringes appear. Yields to the event loop every few milliseconds. Scale 1 returns the stack as it is.
 * Throws VariaError `cancelled`.
 */
export async function enlarge(stack: PictureStack, scale: number, signal?: AbortSignal): Promise<PictureStack> {
  if (scale === 1) return stack
  const { count, channels } = stack
  const width = stack.width * scale
  const height = stack.height * scale
  const data = new Uint8Array(count * width * height * channels)
  const taps = tapsOf(scale)
  const pause = pacer(signal)
  for (let i = 0; i < count; i++) {
    const source = premultiply(pictureAt(stack, i), channels)
    const wide = new Float32Array(stack.height * width * channels)
    for (let y = 0; y < stack.height; y++) {
      stretchRow(source, y * stack.width * channels, stack.width, wide, y * width * channels, channels, scale, taps)
      await pause()
    }
    const out = data.subarray(i * width * height * channels, (i + 1) * width * height * channels)
    const line = new Float32Array(width * channels)
    for (let y = 0; y < height; y++) {
      combineRows(wide, stack.height, y, scale, taps, line)
      if (channels === 4) writeTransparentRow(line, pictureAt(stack, i), stack, y, scale, out)
      else for (let at = 0; at < line.length; at++) out[y * line.length + at] = byte(line[at] as number)
      await pause()
    }
  }
  return { count, width, height, channels, data }
}

/** Weights of the 2 * lobes neighbours for each of the `scale` places an output pixel can have between inputs. */
interface Taps {
  readonly weights: readonly Float32Array[]
  readonly first: readonly number[]
}

function tapsOf(scale: number): Taps {
  const weights: Float32Array[] = []
  const first: number[] = []
  for (let phase = 0; phase < scale; phase++) {
    const centre = (phase + 0.5) / scale - 0.5
    const start = Math.floor(centre) - lobes + 1
    const row = Float32Array.from({ length: 2 * lobes }, (_, k) => lanczos(centre - start - k))
    const sum = row.reduce((total, weight) => total + weight, 0)
    weights.push(row.map((weight) => weight / sum))
    first.push(start)
  }
  return { weights, first }
}

/** sinc(x) sinc(x / 3) within three samples, else 0. */
function lanczos(x: number): number {
  if (x === 0) return 1
  if (Math.abs(x) >= lobes) return 0
  const a = Math.PI * x
  return (lobes * Math.sin(a) * Math.sin(a / lobes)) / (a * a)
}

function stretchRow(
  source: Float32Array,
  from: number,
  width: number,
  out: Float32Array,
  to: number,
  channels: number,
  scale: number,
  { weights, first }: Taps,
): void {
  for (let x = 0; x < width * scale; x++) {
    const phase = x % scale
    const row = weights[phase] as Float32Array
    const start = (x - phase) / scale + (first[phase] as number)
    for (let c = 0; c < channels; c++) {
      let sum = 0
      for (let k = 0; k < row.length; k++) {
        const column = Math.min(Math.max(start + k, 0), width - 1)
        sum += (row[k] as number) * (source[from + column * channels + c] as number)
      }
      out[to + x * channels + c] = sum
    }
  }
}

/** One row of the result, still premultiplied, into `line`. */
function combineRows(
  wide: Float32Array,
  height: number,
  y: number,
  scale: number,
  taps: Taps,
  line: Float32Array,
): void {
  const phase = y % scale
  const row = taps.weights[phase] as Float32Array
  const start = (y - phase) / scale + (taps.first[phase] as number)
  line.fill(0)
  for (let k = 0; k < row.length; k++) {
    const from = Math.min(Math.max(start + k, 0), height - 1) * line.length
    const weight = row[k] as number
    for (let i = 0; i < line.length; i++) line[i] = (line[i] as number) + weight * (wide[from + i] as number)
  }
}

function premultiply(picture: Uint8Array, channels: number): Float32Array {
  const values = Float32Array.from(picture)
  if (channels !== 4) return values
  for (let at = 0; at < values.length; at += 4) {
    const alpha = (values[at + 3] as number) / 255
    for (let c = 0; c < 3; c++) values[at + c] = (values[at + c] as number) * alpha
  }
  return values
}

/**
 * Takes the premultiplied row apart again. Lanczos rings along a cut-out's edge: left alone, that would show as a faint
 * seam of islands outside it. So alpha stays between those of the four pixels it lies among.
 */
function writeTransparentRow(
  line: Float32Array,
  picture: Uint8Array,
  { width, height }: PictureStack,
  y: number,
  scale: number,
  out: Uint8Array,
): void {
  const [above, below] = neighbours(y, scale, height)
  for (let x = 0, at = 0; at < line.length; x++, at += 4) {
    const [left, right] = neighbours(x, scale, width)
    const a = picture[(above * width + left) * 4 + 3] as number
    const b = picture[(above * width + right) * 4 + 3] as number
    const c = picture[(below * width + left) * 4 + 3] as number
    const d = picture[(below * width + right) * 4 + 3] as number
    const ringing = line[at + 3] as number
    const to = y * line.length + at
    const alpha = byte(Math.min(Math.max(ringing, Math.min(a, b, c, d)), Math.max(a, b, c, d)))
    out[to + 3] = alpha
    if (alpha === 0) continue
    // Colour over alpha as they came out of the window: both ring alike, so their ratio doesn't.
    const weight = Math.max(ringing, 4)
    for (let k = 0; k < 3; k++) out[to + k] = byte(((line[at + k] as number) * 255) / weight)
  }
}

/** The two inputs an output lies between. */
function neighbours(at: number, scale: number, count: number): [number, number] {
  const first = Math.floor((at + 0.5) / scale - 0.5)
  return [Math.max(first, 0), Math.min(first + 1, count - 1)]
}

/** Lanczos overshoots at edges; what goes beyond black and white is cut. */
function byte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0
}

/** Lets the event loop breathe once in a while. Throws VariaError `cancelled` when the signal fired. */
function pacer(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  let last = Date.now()
  return () => {
    if (signal?.aborted) throw cancelled('Enlarging')
    if (Date.now() - last < breath) return undefined
    return new Promise((resolve) => {
      setImmediate(() => {
        last = Date.now()
        resolve()
      })
    })
  }
}
