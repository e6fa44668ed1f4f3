/** What can be said of a picture at a glance, for the choices that `auto` leaves open. */
import { luma } from './compose'
import { type Pixels } from './content-box'

export interface PictureLook {
  /** Some of it can be seen through. */
  readonly isTransparent: boolean
  /** Something visible in it has a hue. */
  readonly isColored: boolean
  /** Shares of what is visible that are nearly white, and nearly black. */
  readonly white: number
  readonly black: number
  /** The colour its opaque border has throughout; null where the border varies or can be seen through. */
  readonly border: readonly [number, number, number] | null
}

/** A share of the pixels below which something is an accident of encoding. */
const trace = 0.002
const visibleFrom = 16
const hueFrom = 24
const whiteFrom = 208
const blackTo = 47

export function lookAtPicture(picture: Pixels): PictureLook {
  const { data, width, height, channels } = picture
  const hasAlpha = channels === 2 || channels === 4
  const isGray = channels < 3
  let [seenThrough, visible, colored, white, black] = [0, 0, 0, 0, 0]
  const border = { r: [] as number[], g: [] as number[], b: [] as number[], opaque: true }
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += channels) {
    const r = data[at] as number
    const g = isGray ? r : (data[at + 1] as number)
    const b = isGray ? r : (data[at + 2] as number)
    const a = hasAlpha ? (data[at + channels - 1] as number) : 255
    if (a < 240) seenThrough++
    if (a >= visibleFrom) {
      visible++
      if (Math.max(r, g, b) - Math.min(r, g, b) > hueFrom) colored++
      const light = luma(r, g, b)
      if (light >= whiteFrom) white++
      if (light <= blackTo) black++
    }
    const x = pixel % width
    const y = (pixel - x) / width
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
      border.r.push(r)
      border.g.push(g)
      border.b.push(b)
      if (a < 240) border.opaque = false
    }
  }
  const share = (count: number): number => (visible === 0 ? 0 : count / visible)
  return {
    isTransparent: seenThrough > trace * width * height,
    isColored: share(colored) > trace,
    white: share(white),
    black: share(black),
    border: border.opaque ? evenColor(border) : null,
  }
}

/** The median colour where nine tenths of the border lie near it. */
function evenColor(border: { r: number[]; g: number[]; b: number[] }): readonly [number, number, number] | null {
  const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number
  const [r, g, b] = [median(border.r), median(border.g), median(border.b)]
  const near = border.r.filter(
    (red, i) =>
      Math.max(Math.abs(red - r), Math.abs((border.g[i] as number) - g), Math.abs((border.b[i] as number) - b)) <= 16,
  )
  return near.length >= 0.9 * border.r.length ? [r, g, b] : null
}
