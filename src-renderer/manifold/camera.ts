/**
 * The manifold's camera: it looks at a target from a distance, turned by azimuth and elevation, never rolled. All functions
 * are pure; angles in radians, screen lengths in CSS pixels with y down, lengths in the map's unit (its radius is 1).
 */

export type Vector = readonly [x: number, y: number, z: number]

export interface Camera {
  readonly target: Vector
  readonly distance: number
  readonly azimuth: number
  readonly elevation: number
}

export interface Viewport {
  readonly width: number
  readonly height: number
}

/** Vertical angle of view. */
export const fieldOfView = (40 * Math.PI) / 180
/** Just short of the poles, where up would flip. */
const steepest = Math.PI / 2 - 0.01
const nearest = 0.04
const farthest = 40
/** Turn of a drag across the height of the view: half a circle. */
const turnPerHeight = Math.PI

export const home: Camera = { target: [0, 0, 0], distance: 3.6, azimuth: 0.55, elevation: 0.32 }

export interface CameraAxes {
  readonly right: Vector
  readonly up: Vector
  readonly forward: Vector
  readonly eye: Vector
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
/** A distance that the camera can have. */
export const clampDistance = (distance: number): number => clamp(distance, nearest, farthest)
const along = (origin: Vector, direction: Vector, length: number): Vector => [
  origin[0] + direction[0] * length,
  origin[1] + direction[1] * length,
  origin[2] + direction[2] * length,
]

/** The camera's directions and place. Azimuth 0 looks along -z with x to the right; y is up. */
export function axesOf({ target, distance, azimuth, elevation }: Camera): CameraAxes {
  const [sa, ca, se, ce] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)]
  const forward: Vector = [-sa * ce, -se, -ca * ce]
  return {
    right: [ca, 0, -sa],
    up: [-sa * se, ce, -ca * se],
    forward,
    eye: along(target, forward, -distance),
  }
}

/** Pixels that a length of 1 at a depth of 1 takes up. */
export function focalLength({ height }: Viewport): number {
  return height / 2 / Math.tan(fieldOfView / 2)
}

/** Turns the camera round its target by a drag. */
export function orbit(camera: Camera, dx: number, dy: number, { height }: Viewport): Camera {
  const turn = turnPerHeight / Math.max(1, height)
  return {
    ...camera,
    azimuth: camera.azimuth - dx * turn,
    elevation: clamp(camera.elevation + dy * turn, -steepest, steepest),
  }
}

/** Moves the camera so that what lies in the target's plane follows a drag. */
export function pan(camera: Camera, dx: number, dy: number, viewport: Viewport): Camera {
  const { right, up } = axesOf(camera)
  const scale = camera.distance / focalLength(viewport)
  return { ...camera, target: along(along(camera.target, right, -dx * scale), up, dy * scale) }
}

/**
 * Zooms so that the point under the pointer, in the target's plane, stays under it. `factor` scales the distance: below 1
 * comes closer. As close as it gets, the camera goes on forward instead, so that one can fly through.
 */
export function zoomTo(camera: Camera, factor: number, x: number, y: number, viewport: Viewport): Camera {
  const { right, up, forward } = axesOf(camera)
  const wanted = camera.distance * factor
  const distance = clampDistance(wanted)
  const scale = camera.distance / focalLength(viewport)
  const shift = 1 - distance / camera.distance
  const u = (x - viewport.width / 2) * scale * shift
  const v = (viewport.height / 2 - y) * scale * shift
  const target = along(along(camera.target, right, u), up, v)
  const ahead = wanted < nearest ? Math.max(0, camera.distance - wanted) : 0
  return { ...camera, distance, target: along(target, forward, ahead) }
}

/** The wheel's turn as a zoom factor: 100 pixels of it change the distance by an eighth. */
export function wheelFactor(deltaY: number, deltaMode: number): number {
  const pixels = deltaMode === 1 ? deltaY * 33 : deltaMode === 2 ? deltaY * 400 : deltaY
  return Math.exp(clamp(pixels, -300, 300) * 0.0012)
}

/** Depths between which things are drawn. */
export function depthRange(camera: Camera): { near: number; far: number } {
  return { near: Math.max(0.004, camera.distance * 0.02), far: camera.distance + 12 }
}

/** The matrix from map to clip space, column-major, for the shader. */
export function viewProjection(camera: Camera, viewport: Viewport, out = new Float32Array(16)): Float32Array {
  const { right, up, forward, eye } = axesOf(camera)
  const { near, far } = depthRange(camera)
  const f = 1 / Math.tan(fieldOfView / 2)
  const fx = (f * viewport.height) / Math.max(1, viewport.width)
  const a = (far + near) / (far - near)
  const b = (-2 * far * near) / (far - near)
  const dot = (v: Vector): number => v[0] * eye[0] + v[1] * eye[1] + v[2] * eye[2]
  const depth = dot(forward)
  for (let k = 0; k < 3; k++) {
    out[k * 4] = (right[k] ?? 0) * fx
    out[k * 4 + 1] = (up[k] ?? 0) * f
    out[k * 4 + 2] = (forward[k] ?? 0) * a
    out[k * 4 + 3] = forward[k] ?? 0
  }
  out[12] = -dot(right) * fx
  out[13] = -dot(up) * f
  out[14] = -depth * a + b
  out[15] = -depth
  return out
}
