/** The last step of framing: pixels that were shrunk are laid into the square, in the channels and on the ground asked for. */
import { type ResolvedFraming } from '../../contract/collection'
import { type Bytes } from '../source'
import { type Pixels } from './content-box'

/** Red, green and blue of `#rrggbb`, 0..255. */
export function parseColor(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** Luma of sRGB-coded values by Rec. 709's weights, as greyscale conversions of design programs do it. */
export function luma(r: number, g: number, b: number): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Channels of a picture framed so. */
export function channelsOf(framing: Pick<ResolvedFraming, 'channels'>): 1 | 3 | 4 {
  return framing.channels === 'gray' ? 1 : framing.channels === 'rgb' ? 3 : 4
}

/**
 * Centres `picture` (cut where it is larger) in a square of `framing.size`. Transparency is laid on the background; with a
 * transparent background alpha stays, and pixels that show nothing take the mean of the colours that show: a
 * constant is the easiest thing to learn, and where a decoder makes them faintly visible they leave no dark fringe.
 */
export function compose(picture: Pixels, framing: ResolvedFraming): Bytes {
  const { size } = framing
  const channels = channelsOf(framing)
  const keepsAlpha = channels === 4 && framing.background === 'transparent'
  const ground = framing.background === 'transparent' ? [255, 255, 255] : parseColor(framing.background)
  const [groundR, groundG, groundB] = ground as [number, number, number]
  const empty = keepsAlpha ? meanColor(picture) : ([groundR, groundG, groundB] as const)
  const out = new Uint8Array(size * size * channels)
  const { data } = picture
  const hasAlpha = picture.channels === 2 || picture.channels === 4
  const isGray = picture.channels < 3
  const left = Math.floor((size - picture.width) / 2)
  const top = Math.floor((size - picture.height) / 2)
  const flip = framing.invert ? 255 : 0
  let to = 0
  for (let y = 0; y < size; y++) {
    const row = y - top
    const inRow = row >= 0 && row < picture.height
    for (let x = 0; x < size; x++) {
      const column = x - left
      let r = empty[0] as number
      let g = empty[1] as number
      let b = empty[2] as number
      let alpha = keepsAlpha ? 0 : 255
      if (inRow && column >= 0 && column < picture.width) {
        const from = (row * picture.width + column) * picture.channels
        const a = hasAlpha ? (data[from + picture.channels - 1] as number) : 255
        const red = data[from] as number
        const green = isGray ? red : (data[from + 1] as number)
        const blue = isGray ? red : (data[from + 2] as number)
        if (a === 255) {
          r = red
          g = green
          b = blue
          alpha = 255
        } else if (keepsAlpha) {
          alpha = a
          if (a > 0) {
            r = red
            g = green
            b = blue
          }
        } else {
          r = groundR + ((red - groundR) * a) / 255
          g = groundG + ((green - groundG) * a) / 255
          b = groundB + ((blue - groundB) * a) / 255
        }
      }
      // Adding a half and truncating rounds; xor with 255 inverts a byte.
      if (channels === 1) {
        out[to++] = ((luma(r, g, b) + 0.5) | 0) ^ flip
      } else {
        out[to++] = ((r + 0.5) | 0) ^ flip
        out[to++] = ((g + 0.5) | 0) ^ flip
        out[to++] = ((b + 0.5) | 0) ^ flip
        if (channels === 4) out[to++] = alpha
      }
    }
  }
  return out
}

/** Mean of the visible colours, weighted by alpha; middle grey where nothing is visible. */
function meanColor(picture: Pixels): readonly [number, number, number] {
  const { data, channels } = picture
  const hasAlpha = channels === 2 || channels === 4
  const isGray = channels < 3
  let [r, g, b, weight] = [0, 0, 0, 0]
  for (let at = 0; at < data.length; at += channels) {
    const a = hasAlpha ? (data[at + channels - 1] as number) : 255
    r += a * (data[at] as number)
    g += a * (data[isGray ? at : at + 1] as number)
    b += a * (data[isGray ? at : at + 2] as number)
    weight += a
  }
  return weight === 0 ? [128, 128, 128] : [r / weight, g / weight, b / weight]
}
