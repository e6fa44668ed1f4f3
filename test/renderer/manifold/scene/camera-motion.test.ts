import { describe, expect, it } from 'vitest'
import { home } from '../../../../src-renderer/manifold/camera'
import { CameraMotion } from '../../../../src-renderer/manifold/scene/camera-motion'

const viewport = { width: 800, height: 600 }
const there = { ...home, distance: 1, azimuth: 2 }

describe('the camera in flight', () => {
  it('says where it is going, and arrives exactly there', () => {
    const motion = new CameraMotion()
    motion.fly(there, 0)
    motion.advance(100, viewport)
    expect(motion.camera).not.toEqual(there)
    expect(motion.goal).toBe(there)
    motion.advance(10_000, viewport)
    expect(motion.camera).toBe(there)
    expect(motion.moving).toBe(false)
  })

  it('has no other goal than where it is once a hand has taken hold of it', () => {
    const motion = new CameraMotion()
    motion.fly(there, 0)
    motion.advance(100, viewport)
    motion.rest()
    expect(motion.goal).toBe(motion.camera)
    expect(motion.goal).not.toBe(there)
  })
})
