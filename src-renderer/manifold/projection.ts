/** Where every sprite lies on the screen: the same arithmetic as the vertex shader's, for picking and for drawing order. */
import { axesOf, type Camera, depthRange, focalLength, type Viewport } from './camera'

/** Half sizes on the screen, CSS pixels, that a sprite is held between. */
export const smallestHalf = 2.5
export const largestHalf = 110

export interface Projected {
  count: number
  /** Centre, CSS pixels. */
  x: Float32Array
  y: Float32Array
  /** Distance from the eye along the view; 0 or less is behind it. */
  depth: Float32Array
  /** Half the sprite's side, CSS pixels; 0 where it is not drawn. */
  half: Float32Array
}

/** Room for `count` sprites. */
export function projectedRoom(count: number): Projected {
  return {
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    depth: new Float32Array(count),
    half: new Float32Array(count),
  }
}

/** Half a sprite's side on the screen: `size` is its side in the map, scaled by depth and held between the limits. */
export function halfOnScreen(size: number, depth: number, focal: number): number {
  return Math.min(largestHalf, Math.max(smallestHalf, (0.5 * size * focal) / depth))
}

/** Projects [count, 3] positions into `out`. */
export function project(
  positions: Float32Array,
  camera: Camera,
  viewport: Viewport,
  size: number,
  out: Projected,
): Projected {
  const { right, up, forward, eye } = axesOf(camera)
  const { near, far } = depthRange(camera)
  const focal = focalLength(viewport)
  const [cx, cy] = [viewport.width / 2, viewport.height / 2]
  for (let n = 0; n < out.count; n++) {
    const px = (positions[n * 3] ?? 0) - eye[0]
    const py = (positions[n * 3 + 1] ?? 0) - eye[1]
    const pz = (positions[n * 3 + 2] ?? 0) - eye[2]
    const depth = px * forward[0] + py * forward[1] + pz * forward[2]
    out.depth[n] = depth
    if (depth <= near || depth >= far) {
      out.half[n] = 0
      continue
    }
    const scale = focal / depth
    const x = cx + (px * right[0] + py * right[1] + pz * right[2]) * scale
    const y = cy - (px * up[0] + py * up[1] + pz * up[2]) * scale
    const half = halfOnScreen(size, depth, focal)
    out.x[n] = x
    out.y[n] = y
    const outside = x + half < 0 || y + half < 0 || x - half > viewport.width || y - half > viewport.height
    out.half[n] = outside ? 0 : half
  }
  return out
}
