/**
 * Draws a vessel as a photographer would: on nothing, from slightly above, in parallel projection, a large soft light at
 * the left. Each pixel's ray is followed to the surface of revolution by steps that can't pass it (Hart 1996); pixels
 * at an edge are drawn again, nine times finer.
 */
import { type RawPicture } from '../../source'
import { type Color, mix, type Surface, surfaceOf, toSrgb } from './glaze'
import { type Profile, profileOf, type VesselFactors } from './shape'

/** The view's tilt downwards. */
const tilt = (13 * Math.PI) / 180
const [sinTilt, cosTilt] = [Math.sin(tilt), Math.cos(tilt)]

/** Height of the ground line's middle above the picture's lower edge. */
const ground = 0.1
const wall = 0.014
const edgeSamples = 3

/** What a ray found: linear light and whether it hit anything. */
type Found = Color | null

export function drawVessel(factors: VesselFactors, size: number): RawPicture {
  const trace = tracer(profileOf(factors), factors)
  const found: Found[] = []
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) found.push(trace((x + 0.5) / size - 0.5, 1 - (y + 0.5) / size - ground))
  }
  const data = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * size + x
      const color = isEdge(found, x, y, size) ? supersample(trace, x, y, size) : opaque(found[at] as Found)
      data.set(color, at * 4)
    }
  }
  return { width: size, height: size, channels: 4, data }
}

function opaque(color: Found): [number, number, number, number] {
  return color === null ? [0, 0, 0, 0] : [toSrgb(color[0]), toSrgb(color[1]), toSrgb(color[2]), 255]
}

/** Whether a neighbour differs in being hit, or much in light. */
function isEdge(found: readonly Found[], x: number, y: number, size: number): boolean {
  const here = found[y * size + x] as Found
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    const [u, v] = [x + dx, y + dy]
    if (u < 0 || v < 0 || u >= size || v >= size) continue
    const there = found[v * size + u] as Found
    if ((here === null) !== (there === null)) return true
    if (here !== null && there !== null && Math.abs(here[1] - there[1]) > 0.06) return true
  }
  return false
}

function supersample(
  trace: (x: number, y: number) => Found,
  x: number,
  y: number,
  size: number,
): [number, number, number, number] {
  let [r, g, b, hits] = [0, 0, 0, 0]
  for (let j = 0; j < edgeSamples; j++) {
    for (let i = 0; i < edgeSamples; i++) {
      const u = (x + (i + 0.5) / edgeSamples) / size - 0.5
      const v = 1 - (y + (j + 0.5) / edgeSamples) / size - ground
      const color = trace(u, v)
      if (color === null) continue
      hits++
      r += color[0]
      g += color[1]
      b += color[2]
    }
  }
  if (hits === 0) return [0, 0, 0, 0]
  return [toSrgb(r / hits), toSrgb(g / hits), toSrgb(b / hits), Math.round((255 * hits) / edgeSamples ** 2)]
}

/** Follows the ray through a point of the picture plane: x to the right, y up from the ground line, shares of its side. */
function tracer(profile: Profile, factors: VesselFactors): (x: number, y: number) => Found {
  const shade = shader(profile, factors)
  const top = profile.height
  const lip = profile.radiusAt(top)
  const mouth = Math.max(lip - wall, 0)
  const reach = profile.maxRadius
  const slack = 1 / Math.sqrt(1 + profile.maxSlope ** 2)
  return (x, y) => {
    if (Math.abs(x) > reach) return null
    // A point of the ray, s towards the viewer: (x, y cos + s sin, s cos - y sin).
    const heightAt = (s: number): number => y * cosTilt + s * sinTilt
    const depthAt = (s: number): number => s * cosTilt - y * sinTilt
    const sTop = (top - y * cosTilt) / sinTilt
    const rhoTop = Math.hypot(x, depthAt(sTop))
    if (rhoTop <= mouth) return inside(x, sTop)
    if (rhoTop <= lip) return shade(x, top, depthAt(sTop), 'lip')
    const sReach = (Math.sqrt(reach * reach - x * x) + y * sinTilt) / cosTilt
    let s = Math.min(sTop, sReach)
    for (let step = 0; step < 80; step++) {
      const h = heightAt(s)
      if (h < 0) return null
      const z = depthAt(s)
      const rho = Math.hypot(x, z)
      const gap = rho - profile.radiusAt(h)
      if (gap < 2e-4) return shade(x, h, z, 'outside')
      if (z < -reach) return null
      s -= Math.max(gap * slack, 2e-4)
    }
    return null

    function inside(rayX: number, from: number): Found {
      let t = from
      for (let step = 0; step < 60; step++) {
        const h = heightAt(t)
        if (h < wall) return shade(rayX, wall, depthAt(t), 'floor')
        const gap = Math.max(profile.radiusAt(h) - wall, 0.002) - Math.hypot(rayX, depthAt(t))
        if (gap < 3e-4) return shade(rayX, h, depthAt(t), 'inside')
        t -= Math.max(gap * slack, 5e-4)
      }
      return shade(rayX, heightAt(t), depthAt(t), 'inside')
    }
  }
}

const light = normalize([-0.62, 0.55, 0.56])
const fill = normalize([0.85, 0.1, 0.5])
const view: Color = [0, sinTilt, cosTilt]

type Part = 'outside' | 'lip' | 'inside' | 'floor'

/** Light that a point of the surface sends to the viewer. */
function shader(profile: Profile, factors: VesselFactors): (x: number, y: number, z: number, part: Part) => Color {
  const surface = surfaceOf(factors)
  const paint = painter(profile, factors, surface)
  const { gloss } = factors
  return (x, y, z, part) => {
    if (part === 'inside' || part === 'floor') {
      // Light falls in through the mouth and fades with depth.
      const depth = (profile.height - y) / Math.max(profile.radiusAt(profile.height), 0.01)
      const side = Math.max(0, (x * 0.8 - z * 0.35) / Math.max(profile.radiusAt(y), 0.01))
      const dim = (0.2 + 0.42 * side) / (1 + 0.9 * depth * depth)
      return scale(mix(surface.glaze, surface.clay, 0.18), dim)
    }
    const rho = Math.max(Math.hypot(x, z), 1e-6)
    const slope = part === 'lip' ? 0 : profile.slopeAt(y)
    const normal: Color =
      part === 'lip' ? normalize([(x / rho) * 0.5, 1, (z / rho) * 0.5]) : normalize([x / rho, -slope, z / rho])
    const base = part === 'lip' ? surface.thin : paint(x, y, z, slope)
    const isGlazed = part === 'lip' || base !== surface.clay
    const key = Math.max(0, (dot(normal, light) + 0.22) / 1.22)
    const soft = Math.max(0, dot(normal, fill)) * 0.16
    const sky = 0.2 + 0.13 * normal[1]
    const contact = 0.62 + 0.38 * Math.min(1, y / 0.07)
    const lit = scale(base, (0.98 * key * key + 0.18 * key + soft + sky) * contact)
    const facing = Math.max(0, dot(normal, view))
    const shine = isGlazed ? gloss : 0.05
    const mirrored = reflect(normal, view)
    // A tall soft box at the left, a faint one at the right, and the glow of grazing angles.
    const box = softBox(mirrored, -0.66, 0.36, 0.15, 0.5) * (0.12 + 0.75 * shine)
    const second = softBox(mirrored, 0.78, 0.1, 0.07, 0.45) * 0.2 * shine
    const rim = (1 - facing) ** 5 * (0.08 + 0.25 * shine)
    const shiny = (box + second) * (0.25 + 0.75 * shine) + rim * 0.5
    return [lit[0] + shiny, lit[1] + shiny, lit[2] + shiny * 1.02]
  }
}

/** Colour by place: glaze down to a wavering line, clay below it, thin over edges, a band at the shoulder. */
function painter(
  profile: Profile,
  factors: VesselFactors,
  surface: Surface,
): (x: number, y: number, z: number, slope: number) => Color {
  const { height } = profile
  const line = height * factors.bare
  const bandAt = height * (1 - factors.neckHeight) * (0.35 + 0.65 * factors.bellyAt)
  const bandWidth = height * 0.035
  const phase = factors.hue
  return (x, y, z, slope) => {
    const angle = Math.atan2(x, z)
    const wave = 0.012 * Math.sin(3 * angle + phase) + 0.007 * Math.sin(7 * angle + 2 * phase)
    const above = y - line - (factors.bare > 0.02 ? wave : 0)
    if (above < 0) return surface.clay
    const band = factors.band * smoothstep(bandWidth, bandWidth * 0.75, Math.abs(y - bandAt))
    // A glaze pools in a thick bead above its line and thins over the lip and sharp shoulders.
    const bead = factors.bare > 0.02 ? 0.22 * smoothstep(0.03, 0, above) : 0
    const thin = Math.min(1, 0.75 * smoothstep(0.02, 0, height - y) + 0.12 * Math.min(Math.abs(slope), 1))
    const glaze = scale(mix(surface.glaze, surface.thin, thin), 1 - bead)
    return band === 0 ? glaze : mix(glaze, surface.thin, 0.85 * band)
  }
}

/** 1 where a mirrored ray meets a soft rectangle about (x, y) on the sphere of directions, fading at its edges. */
function softBox(ray: Color, x: number, y: number, halfWidth: number, halfHeight: number): number {
  if (ray[2] < -0.2) return 0
  const u = 1 - smoothstep(halfWidth * 0.55, halfWidth * 1.45, Math.abs(ray[0] - x))
  const v = 1 - smoothstep(halfHeight * 0.6, halfHeight * 1.3, Math.abs(ray[1] - y))
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
  return scale(a, 1 / Math.hypot(a[0], a[1], a[2]))
}

function reflect(normal: Color, ray: Color): Color {
  const twice = 2 * dot(normal, ray)
  return [twice * normal[0] - ray[0], twice * normal[1] - ray[1], twice * normal[2] - ray[2]]
}
