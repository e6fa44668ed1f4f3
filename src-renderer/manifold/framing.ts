/** Which view shows a set of points whole, in the part of the canvas that nothing lies over. Pure, like the camera. */
import { axesOf, type Camera, clampDistance, focalLength, type Vector, type Viewport } from './camera'

/** Pixels along each edge of the canvas that something else lies over. */
export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

export const noInsets: Insets = { top: 0, right: 0, bottom: 0, left: 0 }

/**
 * Few points that lie far off don't make all others small: they are left out of the frame, this share of the points on each
 * side, where holding them would take the eye so many times as far back.
 */
const strayShare = 0.005
const farthestForStrays = 1.3
/** A lone point is seen with this much of the map round it. */
const leastRadius = 0.12
/** Pixels kept free round the points, and the fewest from the middle of the view to an edge of its free part. */
const margin = 8
const leastRoom = 16

/**
 * The same view direction, as close as it can be with all points, drawn as sprites whose side is `size`, in the free part of
 * the canvas. `indices` names the points; null stands for all of them.
 */
export function frame(
  camera: Camera,
  positions: Float32Array,
  indices: ArrayLike<number> | null,
  size: number,
  viewport: Viewport,
  { top, right, bottom, left }: Insets = noInsets,
): Camera {
  const count = indices === null ? positions.length / 3 : indices.length
  if (count === 0) return { ...camera, target: [0, 0, 0] }
  const axes = axesOf(camera)
  const slope = (half: number, covered: number): number =>
    Math.max(leastRoom, half - covered - margin) / focalLength(viewport)
  const [halfWidth, halfHeight] = [viewport.width / 2, viewport.height / 2]
  const across = new Span(count, slope(halfWidth, left), slope(halfWidth, right))
  const upwards = new Span(count, slope(halfHeight, bottom), slope(halfHeight, top))
  const depths = new Float32Array(count)
  for (let n = 0; n < count; n++) {
    const p = (indices === null ? n : (indices[n] ?? 0)) * 3
    const point: Vector = [positions[p] ?? 0, positions[p + 1] ?? 0, positions[p + 2] ?? 0]
    const depth = dot(point, axes.forward)
    across.add(n, dot(point, axes.right), size / 2, depth)
    upwards.add(n, dot(point, axes.up), size / 2, depth)
    depths[n] = depth
  }
  across.sort()
  upwards.sort()
  depths.sort()
  // The eye stands as far back as the tighter of the two directions asks, and looks at the depth of the points' middle.
  const most = Math.floor(count * strayShare)
  const middle = ((depths[most] ?? 0) + (depths[count - 1 - most] ?? 0)) / 2
  const back = (strays: number): number => middle - Math.min(across.closest(strays), upwards.closest(strays))
  const strays = back(0) > farthestForStrays * back(most) ? most : 0
  const distance = clampDistance(Math.max(back(strays), leastRadius / Math.min(across.narrowest, upwards.narrowest)))
  const [u, v] = [across.centred(middle - distance, strays), upwards.centred(middle - distance, strays)]
  const at = (k: 0 | 1 | 2): number => axes.right[k] * u + axes.up[k] * v + axes.forward[k] * middle
  return { ...camera, distance, target: [at(0), at(1), at(2)] }
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/**
 * One direction of the screen. An eye at place e and depth d sees a point at place x and depth z when
 * `-low * (z - d) <= x - e <= high * (z - d)`, where `low` and `high` are the slopes of the lines of sight to the edges.
 */
class Span {
  readonly #below: Float32Array
  readonly #above: Float32Array

  constructor(
    count: number,
    readonly low: number,
    readonly high: number,
  ) {
    this.#below = new Float32Array(count)
    this.#above = new Float32Array(count)
  }

  get narrowest(): number {
    return Math.min(this.low, this.high)
  }

  add(n: number, place: number, half: number, depth: number): void {
    this.#below[n] = half - place - this.low * depth
    this.#above[n] = half + place - this.high * depth
  }

  /** To be called when all are added. */
  sort(): void {
    this.#below.sort()
    this.#above.sort()
  }

  /** The greatest depth at which an eye still sees all of them but so many `strays` on each side. */
  closest(strays: number): number {
    return -(outermost(this.#below, strays) + outermost(this.#above, strays)) / (this.low + this.high)
  }

  /** The place from which an eye at a depth sees as much room on one side of them as on the other. */
  centred(depth: number, strays: number): number {
    const atLeast = outermost(this.#above, strays) + this.high * depth
    const atMost = -outermost(this.#below, strays) - this.low * depth
    return (atLeast + atMost) / 2
  }
}

/** The largest of sorted values but for so many. */
const outermost = (sorted: Float32Array, strays: number): number => sorted[sorted.length - 1 - strays] ?? 0
