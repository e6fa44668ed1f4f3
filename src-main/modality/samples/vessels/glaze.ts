/** What a vessel's surface is made of: colours in linear light, so that lighting them is arithmetic. */
import { type VesselFactors } from './shape'

export type Color = readonly [number, number, number]

export interface Surface {
  readonly glaze: Color
  /** Where the glaze thins over an edge, and the band. */
  readonly thin: Color
  readonly clay: Color
}

export function surfaceOf(factors: VesselFactors): Surface {
  const { hue, lightness, chroma } = factors
  const glaze = fromOklch(lightness, chroma, hue)
  // Porcelain is nearly white; earthenware is dark orange.
  const t = factors.clay
  const clay = fromOklch(0.9 - 0.38 * t, 0.012 + 0.085 * t, 75 - 33 * t)
  return { glaze, thin: mix(glaze, clay, 0.62), clay }
}

export function mix(a: Color, b: Color, share: number): Color {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]
}

/** OKLCH (Ottosson 2020) to linear sRGB, cut to what a screen shows. */
export function fromOklch(lightness: number, chroma: number, hueDegrees: number): Color {
  const a = chroma * Math.cos((hueDegrees * Math.PI) / 180)
  const b = chroma * Math.sin((hueDegrees * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (v: number): number => Math.min(Math.max(v, 0), 1)
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** sRGB bytes of 4,096 even steps of linear light: finer than a byte everywhere but in the deepest black. */
const bytes = Uint8Array.from({ length: 4097 }, (_, i) => {
  const v = i / 4096
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055))
})

/** Linear light 0..1 to an sRGB byte. */
export function toSrgb(linear: number): number {
  return bytes[(Math.min(Math.max(linear, 0), 1) * 4096 + 0.5) | 0] as number
}
