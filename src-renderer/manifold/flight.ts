/** A flight of the camera from one view to another, and the glide after a fling. */
import type { Camera } from './camera'

/** Slow, fast, slow. */
export function ease(t: number): number {
  const u = Math.min(1, Math.max(0, t))
  return u < 0.5 ? 4 * u * u * u : 1 - Math.pow(-2 * u + 2, 3) / 2
}

/** The shorter way round from one angle to another, radians. */
export function turnBetween(from: number, to: number): number {
  const full = 2 * Math.PI
  return ((((to - from + Math.PI) % full) + full) % full) - Math.PI
}

/** The view at a share of the way; distances are blended by ratio, so that closing in looks even. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const t = ease(share)
  const mix = (a: number, b: number): number => a + (b - a) * t
  return {
    target: [mix(from.target[0], to.target[0]), mix(from.target[1], to.target[1]), mix(from.target[2], to.target[2])],
    distance: Math.exp(mix(Math.log(from.distance), Math.log(to.distance))),
    azimuth: from.azimuth + turnBetween(from.azimuth, to.azimuth) * t,
    elevation: mix(from.elevation, to.elevation),
  }
}

/** Share of its speed that a glide keeps after `milliseconds`; below a pixel a frame it ends. */
export function glide(speed: number, milliseconds: number): number {
  const next = speed * Math.exp(-milliseconds / 110)
  return Math.abs(next) < 0.02 ? 0 : next
}
