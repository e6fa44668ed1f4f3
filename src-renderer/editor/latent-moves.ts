/** Moves of a latent along axes. Latents are never changed in place: each move makes a new one. */
import type { Axis } from '../../src-main/contract/latent'

type Direction = Pick<Axis, 'direction'>

/** Where a latent lies on an axis: z . d, with d of unit length. */
export function coordinate(latent: Float32Array, { direction }: Direction): number {
  let sum = 0
  for (let i = 0; i < direction.length; i++) sum += (latent[i] ?? 0) * (direction[i] ?? 0)
  return sum
}

/** The latent with its coordinate on one axis set to `value`: z + (value - z . d) d. */
export function withCoordinate(latent: Float32Array, axis: Direction, value: number): Float32Array<ArrayBuffer> {
  const moved = Float32Array.from(latent)
  const by = value - coordinate(latent, axis)
  for (let i = 0; i < moved.length; i++) moved[i] = (moved[i] ?? 0) + by * (axis.direction[i] ?? 0)
  return moved
}

/** `latent` with the coordinates of `kept` on the given axes, which must be orthogonal to each other. */
export function keeping(
  latent: Float32Array,
  kept: Float32Array,
  axes: readonly Direction[],
): Float32Array<ArrayBuffer> {
  let moved = Float32Array.from(latent)
  for (const axis of axes) moved = withCoordinate(moved, axis, coordinate(kept, axis))
  return moved
}

/** True when two latents are the same to within what Float32 arithmetic leaves. */
export function sameLatent(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0
    if (Math.abs(x - (b[i] ?? 0)) > 1e-5 * Math.max(1, Math.abs(x))) return false
  }
  return true
}
