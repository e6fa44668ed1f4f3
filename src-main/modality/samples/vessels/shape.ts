/** A vessel's form: a profile turned about an axis, from continuous factors. */

/** The factors a vessel is made of, each in the range that its comment names. Lengths are shares of the picture's side. */
export interface VesselFactors {
  /** 0.36 to 0.86 */
  readonly height: number
  /** Largest radius: 0.12 to 0.42 */
  readonly belly: number
  /** Height of the largest radius, share of the body: 0.32 to 0.82 */
  readonly bellyAt: number
  /** Radius of the foot, share of the belly’s: 0.36 to 0.8 */
  readonly foot: number
  /** Narrowest radius of the neck, share of the belly's: 0.2 to 0.98 */
  readonly neck: number
  /** Height of the neck, share of the whole: 0.04 to 0.4 */
  readonly neckHeight: number
  /** How much wider than the neck the lip is, share of the neck: 0 to 0.55 */
  readonly flare: number
  /** 0 round to 1 angular */
  readonly edge: number
  /** Hue of the glaze, degrees */
  readonly hue: number
  /** Its lightness (OKLCH): 0.24 to 0.93 */
  readonly lightness: number
  /** Its chroma (OKLCH): 0.008 to 0.14 */
  readonly chroma: number
  /** 0 white porcelain to 1 red earthenware, under the glaze */
  readonly clay: number
  /** How far down the glaze runs, share of the height that stays bare: 0 to 0.42 */
  readonly bare: number
  /** 0 matt to 1 mirror */
  readonly gloss: number
  /** Strength of a band at the shoulder in the clay's colour: 0 to 1 */
  readonly band: number
}

/** Radius by height, finely sampled, so that drawing and measuring see the same vessel. */
export interface Profile {
  readonly height: number
  readonly maxRadius: number
  /** The steepest change of radius with height. */
  readonly maxSlope: number
  radiusAt(y: number): number
  slopeAt(y: number): number
}

const steps = 256

export function profileOf(factors: VesselFactors): Profile {
  const { height, belly, edge } = factors
  const neckY = height * (1 - factors.neckHeight)
  const bellyY = neckY * factors.bellyAt
  const neck = belly * factors.neck
  const foot = belly * factors.foot
  const ring = height * 0.03
  const ys = [0, ring, bellyY, neckY + (height - neckY) * 0.25, height]
  const rs = [foot * 0.97, foot, belly, neck, neck * (1 + factors.flare)]
  const curve = monotoneCurve(ys, rs)
  // An angular vessel runs nearer to the straight lines between its corners.
  const radii = new Float64Array(steps + 1)
  for (let i = 0; i <= steps; i++) {
    const y = (height * i) / steps
    radii[i] = curve(y) * (1 - 0.75 * edge) + straight(ys, rs, y) * 0.75 * edge
  }
  smooth(radii, 3)
  const slopes = new Float64Array(steps + 1)
  for (let i = 0; i <= steps; i++) {
    const [a, b] = [Math.max(0, i - 1), Math.min(steps, i + 1)]
    slopes[i] = ((radii[b] as number) - (radii[a] as number)) / ((height * (b - a)) / steps)
  }
  const at = (table: Float64Array, y: number): number => {
    const t = Math.min(Math.max((y / height) * steps, 0), steps - 1e-9)
    const i = t | 0
    const below = table[i] as number
    return below + ((table[i + 1] as number) - below) * (t - i)
  }
  return {
    height,
    maxRadius: radii.reduce((most, r) => Math.max(most, r), 0),
    maxSlope: slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0),
    radiusAt: (y) => at(radii, y),
    slopeAt: (y) => at(slopes, y),
  }
}

/** Measures of a vessel whose picture is `pictureHeight` centimetres high. */
export interface VesselMeasures {
  /** Centimetres. */
  readonly height: number
  readonly width: number
  /** Litres of the solid of revolution: pi times the integral of the squared radius. */
  readonly volume: number
  /** Height by width. */
  readonly slenderness: number
}

export function measure(profile: Profile, pictureHeight: number): VesselMeasures {
  let sum = 0
  for (let i = 0; i < steps; i++) {
    // Simpson's rule on each step.
    const y = (profile.height * i) / steps
    const h = profile.height / steps
    const [a, m, b] = [profile.radiusAt(y), profile.radiusAt(y + h / 2), profile.radiusAt(y + h)]
    sum += ((a * a + 4 * m * m + b * b) * h) / 6
  }
  const height = profile.height * pictureHeight
  const width = 2 * profile.maxRadius * pictureHeight
  return { height, width, volume: (Math.PI * sum * pictureHeight ** 3) / 1000, slenderness: height / width }
}

function straight(xs: readonly number[], ys: readonly number[], x: number): number {
  const i = intervalOf(xs, x)
  const t = (x - (xs[i] as number)) / ((xs[i + 1] as number) - (xs[i] as number))
  return (ys[i] as number) * (1 - t) + (ys[i + 1] as number) * t
}

function intervalOf(xs: readonly number[], x: number): number {
  let i = 0
  while (i < xs.length - 2 && x > (xs[i + 1] as number)) i++
  return i
}

/** Cubic Hermite interpolation that never overshoots its points (Fritsch and Carlson 1980). */
function monotoneCurve(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  const n = xs.length
  const secant = (i: number): number =>
    ((ys[i + 1] as number) - (ys[i] as number)) / ((xs[i + 1] as number) - (xs[i] as number))
  const tangents = Array.from({ length: n }, (_, i) => {
    if (i === 0) return secant(0)
    if (i === n - 1) return secant(n - 2)
    const [a, b] = [secant(i - 1), secant(i)]
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b)
  })
  return (x) => {
    const i = intervalOf(xs, x)
    const h = (xs[i + 1] as number) - (xs[i] as number)
    const t = (x - (xs[i] as number)) / h
    const [t2, t3] = [t * t, t * t * t]
    return (
      (2 * t3 - 3 * t2 + 1) * (ys[i] as number) +
      (t3 - 2 * t2 + t) * h * (tangents[i] as number) +
      (3 * t2 - 2 * t3) * (ys[i + 1] as number) +
      (t3 - t2) * h * (tangents[i + 1] as number)
    )
  }
}

/** Rounds corners off: a moving mean of three, some times over. */
function smooth(values: Float64Array, times: number): void {
  for (let round = 0; round < times; round++) {
    let before = values[0] as number
    for (let i = 1; i < values.length - 1; i++) {
      const here = values[i] as number
      values[i] = (before + 2 * here + (values[i + 1] as number)) / 4
      before = here
    }
  }
}
