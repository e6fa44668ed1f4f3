/** The light that a point of a vessel sends to the viewer: a studio with one large soft box at the left. */
import { type Color, mix, type Surface, surfaceOf } from './glaze'
import { type Profile, type VesselFactors } from './shape'
import { cosTilt, type Hit, sinTilt } from './trace-vessel'

const light = normalize([-0.62, 0.55, 0.56])
const fill = normalize([0.85, 0.1, 0.5])
const view: Color = [0, sinTilt, cosTilt]

/** Linear light, 0..1 and a little beyond, of what a ray met. */
export function makeShader(profile: Profile, factors: VesselFactors): (hit: Hit) => Color {
  const surface = surfaceOf(factors)
  const paint = makePainter(profile, factors, surface)
  const mouth = Math.max(profile.radiusAt(profile.height), 0.01)
  return (hit) => {
    const { x, y, z, part } = hit
    if (part === 'inside' || part === 'floor') {
      // Light falls in through the mouth and fades with depth.
      const depth = (profile.height - y) / mouth
      const side = Math.max(0, (x * 0.8 - z * 0.35) / Math.max(profile.radiusAt(y), 0.01))
      return scale(mix(surface.glaze, surface.clay, 0.18), (0.2 + 0.42 * side) / (1 + 0.9 * depth * depth))
    }
    const rho = Math.max(Math.sqrt(x * x + z * z), 1e-6)
    const isLip = part === 'lip'
    const slope = isLip ? 0 : profile.slopeAt(y)
    const normal = isLip ? normalize([(x / rho) * 0.5, 1, (z / rho) * 0.5]) : normalize([x / rho, -slope, z / rho])
    const base = isLip ? surface.thin : paint(hit, slope)
    return lightUp(base, normal, y, base === surface.clay ? 0.05 : factors.gloss)
  }
}

function lightUp(base: Color, normal: Color, y: number, shine: number): Color {
  const key = Math.max(0, (dot(normal, light) + 0.22) / 1.22)
  const soft = Math.max(0, dot(normal, fill)) * 0.16
  const sky = 0.2 + 0.13 * normal[1]
  const contact = 0.62 + 0.38 * Math.min(1, y / 0.07)
  const lit = (0.98 * key * key + 0.18 * key + soft + sky) * contact
  const facing = Math.max(0, dot(normal, view))
  const twice = 2 * dot(normal, view)
  const [mx, my, mz] = [twice * normal[0] - view[0], twice * normal[1] - view[1], twice * normal[2] - view[2]]
  // A tall soft box at the left, a faint one at the right, and the glow of grazing angles.
  const box = mz < -0.2 ? 0 : softBox(mx + 0.66, my - 0.36, 0.15, 0.5) * (0.12 + 0.75 * shine)
  const second = mz < -0.2 ? 0 : softBox(mx - 0.78, my - 0.1, 0.07, 0.45) * 0.2 * shine
  const rim = (1 - facing) ** 5 * (0.08 + 0.25 * shine)
  const shiny = (box + second) * (0.25 + 0.75 * shine) + rim * 0.5
  return [base[0] * lit + shiny, base[1] * lit + shiny, base[2] * lit + shiny * 1.02]
}

/** Colour by place: glaze down to a wavering line, clay below it, thin over edges, a band at the shoulder. */
function makePainter(profile: Profile, factors: VesselFactors, surface: Surface): (hit: Hit, slope: number) => Color {
  const { height } = profile
  const line = height * factors.bare
  const isDipped = factors.bare > 0.02
  const bandAt = height * (1 - factors.neckHeight) * (0.35 + 0.65 * factors.bellyAt)
  const bandWidth = height * 0.035
  const phase = factors.hue
  return ({ x, y, z }, slope) => {
    const angle = Math.atan2(x, z)
    const wave = isDipped ? 0.012 * Math.sin(3 * angle + phase) + 0.007 * Math.sin(7 * angle + 2 * phase) : 0
    const above = y - line - wave
    if (isDipped && above < 0) return surface.clay
    const band = factors.band * smoothstep(bandWidth, bandWidth * 0.75, Math.abs(y - bandAt))
    // A glaze pools in a thick bead above its line and thins over the lip and sharp shoulders.
    const bead = isDipped ? 0.22 * smoothstep(0.03, 0, above) : 0
    const thin = Math.min(1, 0.75 * smoothstep(0.02, 0, height - y) + 0.12 * Math.min(Math.abs(slope), 1))
    const glaze = scale(mix(surface.glaze, surface.thin, thin), 1 - bead)
    return band === 0 ? glaze : mix(glaze, surface.thin, 0.85 * band)
  }
}

/** 1 in the middle of a rectangle of those half sides, fading over its edges, by the place relative to its centre. */
function softBox(x: number, y: number, halfWidth: number, halfHeight: number): number {
  const u = 1 - smoothstep(halfWidth * 0.55, halfWidth * 1.45, Math.abs(x))
  const v = 1 - smoothstep(halfHeight * 0.6, halfHeight * 1.3, Math.abs(y))
  return u * v
}

function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1)
  return t * t * (3 - 2 * t)
}

function dot(a: Color, b: Color): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

function scale(a: Color, factor: number): Color {
  return [a[0] * factor, a[1] * factor, a[2] * factor]
}

function normalize(a: Color): Color {
  return scale(a, 1 / Math.sqrt(dot(a, a)))
}
