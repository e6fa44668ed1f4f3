/** Where a ray meets a vessel: a surface of revolution, seen from slightly above in parallel projection. */
import { type Profile } from './shape'

/** The view's tilt downwards. */
const tilt = (13 * Math.PI) / 180
export const sinTilt = Math.sin(tilt)
export const cosTilt = Math.cos(tilt)

/** Thickness of the wall at the lip, and of the floor. */
export const wall = 0.014

export type Part = 'outside' | 'lip' | 'inside' | 'floor'

/** A point of the surface: x to the right, y up, z towards the viewer. */
export interface Hit {
  x: number
  y: number
  z: number
  part: Part
}

const maxSteps = 80

/**
 * Follows rays to the surface by steps that can't pass it (sphere tracing, Hart 1996). The returned function takes a
 * point of the picture plane (x to the right, y up from the ground line, shares of the picture's side), writes
 * what its ray meets into `hit`, and tells whether it meets anything.
 */
export function makeTracer(profile: Profile): (x: number, y: number, hit: Hit) => boolean {
  const top = profile.height
  const lip = profile.radiusAt(top)
  const mouth = Math.max(lip - wall, 0)
  const reach = profile.maxRadius
  /** The distance to the surface is at least the gap in radius times this. */
  const slack = 1 / Math.sqrt(1 + profile.maxSlope ** 2)

  const outside = (x: number, y: number, from: number, hit: Hit): boolean => {
    let s = from
    for (let step = 0; step < maxSteps; step++) {
      // The point of the ray at s towards the viewer.
      const height = y * cosTilt + s * sinTilt
      const depth = s * cosTilt - y * sinTilt
      if (height < 0 || depth < -reach) return false
      const gap = Math.sqrt(x * x + depth * depth) - profile.radiusAt(height)
      if (gap < 2e-4) return found(hit, x, height, depth, 'outside')
      s -= Math.max(gap * slack, 2e-4)
    }
    return false
  }

  const inside = (x: number, y: number, from: number, hit: Hit): boolean => {
    let s = from
    let height = top
    let depth = 0
    for (let step = 0; step < maxSteps; step++) {
      height = y * cosTilt + s * sinTilt
      depth = s * cosTilt - y * sinTilt
      if (height < wall) return found(hit, x, wall, depth, 'floor')
      const gap = Math.max(profile.radiusAt(height) - wall, 0.002) - Math.sqrt(x * x + depth * depth)
      if (gap < 3e-4) break
      s -= Math.max(gap * slack, 5e-4)
    }
    return found(hit, x, height, depth, 'inside')
  }

  return (x, y, hit) => {
    if (Math.abs(x) > reach) return false
    const sTop = (top - y * cosTilt) / sinTilt
    const depthAtTop = sTop * cosTilt - y * sinTilt
    const radiusAtTop = Math.sqrt(x * x + depthAtTop * depthAtTop)
    if (radiusAtTop <= mouth) return inside(x, y, sTop, hit)
    if (radiusAtTop <= lip) return found(hit, x, top, depthAtTop, 'lip')
    return outside(x, y, Math.min(sTop, (Math.sqrt(reach * reach - x * x) + y * sinTilt) / cosTilt), hit)
  }
}

function found(hit: Hit, x: number, y: number, z: number, part: Part): true {
  hit.x = x
  hit.y = y
  hit.z = z
  hit.part = part
  return true
}
