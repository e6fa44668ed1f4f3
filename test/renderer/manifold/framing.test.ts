import { describe, expect, it } from 'vitest'
import { type Camera, home, type Viewport } from '../../../src-renderer/manifold/camera'
import { frame, noInsets } from '../../../src-renderer/manifold/framing'
import { project, projectedRoom } from '../../../src-renderer/manifold/projection'

const shapes: readonly Viewport[] = [
  { width: 1068, height: 734 },
  { width: 692, height: 560 },
  { width: 400, height: 900 },
]
const size = 0.06

/** A cloud of `count` points, longer than it is wide, off the middle of the map. */
const cloud = (count: number): Float32Array =>
  Float32Array.from({ length: count * 3 }, (_, n) => Math.sin(n * 12.9898) * (n % 3 === 0 ? 1.3 : 0.7) + 0.2)

/** The box round all sprites on the screen, pixels. */
function boxOf(positions: Float32Array, camera: Camera, viewport: Viewport) {
  const { x, y, half, count } = project(positions, camera, viewport, size, projectedRoom(positions.length / 3))
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (let n = 0; n < count; n++) {
    const [px, py, side] = [x[n] ?? 0, y[n] ?? 0, half[n] ?? 0]
    expect(side).toBeGreaterThan(0)
    box.left = Math.min(box.left, px - side)
    box.right = Math.max(box.right, px + side)
    box.top = Math.min(box.top, py - side)
    box.bottom = Math.max(box.bottom, py + side)
  }
  return box
}

describe('a frame', () => {
  it('holds a whole cloud, as large as the canvas allows', () => {
    for (const viewport of shapes) {
      const positions = cloud(1500)
      const box = boxOf(positions, frame(home, positions, null, size, viewport), viewport)
      expect(box.left).toBeGreaterThanOrEqual(0)
      expect(box.right).toBeLessThanOrEqual(viewport.width)
      expect(box.top).toBeGreaterThanOrEqual(0)
      expect(box.bottom).toBeLessThanOrEqual(viewport.height)
      const used = Math.max((box.right - box.left) / viewport.width, (box.bottom - box.top) / viewport.height)
      expect(used).toBeGreaterThan(0.9)
    }
  })

  it('keeps the cloud out from under what lies over the edges of the canvas', () => {
    for (const viewport of shapes) {
      const positions = cloud(1500)
      const covered = { top: 60, right: 0, bottom: 24, left: 90 }
      const box = boxOf(positions, frame(home, positions, null, size, viewport, covered), viewport)
      expect(box.top).toBeGreaterThanOrEqual(60)
      expect(box.bottom).toBeLessThanOrEqual(viewport.height - 24)
      expect(box.left).toBeGreaterThanOrEqual(90)
      expect(box.right).toBeLessThanOrEqual(viewport.width)
    }
  })

  it('does not shrink thousands of points for the sake of one that lies far off', () => {
    const viewport = { width: 800, height: 600 }
    const near = cloud(1000)
    const far = Float32Array.from(near)
    far.set([8, 8, 8], 0)
    const alone = frame(home, near, null, size, viewport)
    const together = frame(home, far, null, size, viewport)
    expect(Math.abs(together.distance - alone.distance)).toBeLessThan(0.1 * alone.distance)
    together.target.forEach((place, k) => expect(place).toBeCloseTo(alone.target[k] ?? NaN, 1))
  })

  it('looks at the middle of the chosen points alone, and keeps its direction', () => {
    const positions = Float32Array.from([0, 0, 0, 1, 1, 1, -1, 0, 0.5])
    const seen = frame({ ...home, azimuth: 2 }, positions, [1], size, { width: 800, height: 600 }, noInsets)
    expect(seen).toMatchObject({ azimuth: 2, elevation: home.elevation })
    for (const place of seen.target) expect(place).toBeCloseTo(1, 5)
    expect(seen.distance).toBeGreaterThan(0.2)
    expect(seen.distance).toBeLessThan(0.6)
  })

  it('is a view like any other where there is nothing to see, or no room for it', () => {
    const nothing = frame(home, new Float32Array(0), null, size, { width: 800, height: 600 })
    expect(nothing.target).toEqual([0, 0, 0])
    expect(nothing.distance).toBe(home.distance)
    const crowded = frame(home, cloud(50), null, size, { width: 20, height: 20 }, { ...noInsets, top: 60, bottom: 60 })
    expect(Number.isFinite(crowded.distance)).toBe(true)
  })
})
