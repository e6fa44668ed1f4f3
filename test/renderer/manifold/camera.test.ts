import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  axesOf,
  type Camera,
  depthRange,
  focalLength,
  home,
  orbit,
  pan,
  type Vector,
  viewProjection,
  wheelFactor,
  zoomTo,
} from '../../../src-renderer/manifold/camera'
import { project, projectedRoom } from '../../../src-renderer/manifold/projection'

const viewport = { width: 800, height: 600 }

const cameras = fc.record<Camera>({
  target: fc.tuple(
    fc.float({ min: -2, max: 2, noNaN: true }),
    fc.float({ min: -2, max: 2, noNaN: true }),
    fc.float({ min: -2, max: 2, noNaN: true }),
  ),
  distance: fc.double({ min: 0.1, max: 20, noNaN: true }),
  azimuth: fc.double({ min: -7, max: 7, noNaN: true }),
  elevation: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
})

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

function onScreen(point: Vector, camera: Camera): { x: number; y: number; depth: number } {
  const out = project(Float32Array.from(point), camera, viewport, 1, projectedRoom(1))
  return { x: out.x[0] ?? 0, y: out.y[0] ?? 0, depth: out.depth[0] ?? 0 }
}

describe('the camera', () => {
  it('has three perpendicular directions of unit length, right-handed and without roll', () => {
    fc.assert(
      fc.property(cameras, (camera) => {
        const { right, up, forward } = axesOf(camera)
        for (const axis of [right, up, forward]) expect(dot(axis, axis)).toBeCloseTo(1, 6)
        expect(dot(right, up)).toBeCloseTo(0, 6)
        expect(dot(right, forward)).toBeCloseTo(0, 6)
        expect(dot(up, forward)).toBeCloseTo(0, 6)
        expect(right[1]).toBe(0)
        expect(right[1] * up[2] - right[2] * up[1]).toBeCloseTo(-forward[0], 6)
      }),
    )
  })

  it('sees its target in the middle of the view', () => {
    fc.assert(
      fc.property(cameras, (camera) => {
        const seen = onScreen(camera.target, camera)
        expect(seen.x).toBeCloseTo(400, 0)
        expect(seen.y).toBeCloseTo(300, 0)
        expect(seen.depth).toBeCloseTo(camera.distance, 3)
      }),
    )
  })

  it('moves what lies in the target plane as far as the hand when it pans', () => {
    const moved = pan(home, 50, -30, viewport)
    const seen = onScreen(home.target, moved)
    expect(seen.x).toBeCloseTo(450, 2)
    expect(seen.y).toBeCloseTo(270, 2)
  })

  it('keeps the point under the pointer there when it zooms', () => {
    fc.assert(
      fc.property(
        cameras,
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 0, max: 600 }),
        (camera, factor, x, y) => {
          const { right, up } = axesOf(camera)
          const scale = camera.distance / focalLength(viewport)
          const [u, v] = [(x - 400) * scale, (300 - y) * scale]
          const point = camera.target.map((c, k) => c + (right[k] ?? 0) * u + (up[k] ?? 0) * v) as unknown as Vector
          const seen = onScreen(point, zoomTo(camera, factor, x, y, viewport))
          fc.pre(seen.depth > 0.06)
          const out = project(
            Float32Array.from(point),
            zoomTo(camera, factor, x, y, viewport),
            viewport,
            1,
            projectedRoom(1),
          )
          if ((out.half[0] ?? 0) === 0) return
          expect(seen.x).toBeCloseTo(x, 0)
          expect(seen.y).toBeCloseTo(y, 0)
        },
      ),
    )
  })

  it('flies on through the target when it can come no closer', () => {
    let camera = { ...home, distance: 0.041 }
    const before = axesOf(camera).eye
    for (let n = 0; n < 20; n++) camera = { ...zoomTo(camera, 0.8, 400, 300, viewport) }
    const after = axesOf(camera).eye
    const { forward } = axesOf(camera)
    const travelled = dot(forward, [after[0] - before[0], after[1] - before[1], after[2] - before[2]])
    expect(camera.distance).toBeCloseTo(0.04)
    expect(travelled).toBeGreaterThan(0.1)
  })

  it('never turns over the poles', () => {
    let camera = home
    for (let n = 0; n < 50; n++) camera = orbit(camera, 0, 200, viewport)
    expect(camera.elevation).toBeLessThan(Math.PI / 2)
  })

  it('gives the shader a matrix that agrees with the projection on the CPU', () => {
    fc.assert(
      fc.property(cameras, (camera) => {
        const m = viewProjection(camera, viewport)
        const { near, far } = depthRange(camera)
        const points = [
          [0.3, -0.2, 0.5],
          [-1, 0.4, 0.1],
          [0.7, 0.9, -0.8],
        ] as const
        for (const point of points) {
          const clip = [0, 1, 2, 3].map(
            (row) =>
              (m[row] ?? 0) * point[0] +
              (m[4 + row] ?? 0) * point[1] +
              (m[8 + row] ?? 0) * point[2] +
              (m[12 + row] ?? 0),
          )
          const [x = 0, y = 0, z = 0, w = 1] = clip
          const seen = project(Float32Array.from(point), camera, viewport, 1e-6, projectedRoom(1))
          expect(w).toBeCloseTo(seen.depth[0] ?? 0, 4)
          if ((seen.half[0] ?? 0) === 0) continue
          expect(((x / w + 1) / 2) * 800).toBeCloseTo(seen.x[0] ?? 0, 1)
          expect(((1 - y / w) / 2) * 600).toBeCloseTo(seen.y[0] ?? 0, 1)
          expect(z / w).toBeGreaterThanOrEqual(-1.0001)
          expect(w).toBeGreaterThan(near)
          expect(w).toBeLessThan(far)
        }
      }),
    )
  })

  it('takes the wheel in pixels, lines and pages, and never jumps', () => {
    expect(wheelFactor(100, 0)).toBeCloseTo(1.127, 2)
    expect(wheelFactor(-100, 0) * wheelFactor(100, 0)).toBeCloseTo(1)
    expect(wheelFactor(3, 1)).toBeCloseTo(wheelFactor(99, 0))
    expect(wheelFactor(1e6, 2)).toBeLessThan(1.5)
  })
})
