import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignment, turned } from '../../../src-renderer/manifold/align'

let state = 1
function next(): number {
  state = (state * 1664525 + 1013904223) >>> 0
  return state / 2 ** 31 - 1
}
const cloud = Float32Array.from({ length: 120 }, (_, n) => next() * (1 + (n % 3) * 0.4))

function rotation(a: number, b: number): number[] {
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)]
  return [ca, -sa, 0, sa * cb, ca * cb, -sb, sa * sb, ca * sb, cb]
}

describe('laying a new layout like the old one', () => {
  it('undoes any rotation and any mirroring of an axis', () => {
    const angle = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(angle, angle, fc.boolean(), (a, b, mirrored) => {
        const rows = rotation(a, b).map((value, k) => (mirrored && k < 3 ? -value : value))
        const other = turned(cloud, rows)
        const back = turned(other, alignment(other, cloud))
        back.forEach((value, n) => expect(value).toBeCloseTo(cloud[n] ?? 0, 4))
      }),
    )
  })

  it('gives an orthogonal matrix for layouts that differ, so that distances stay', () => {
    const other = Float32Array.from(cloud, (value, n) => value + 0.3 * Math.cos(n * 3.7))
    const m = alignment(other, cloud)
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let sum = 0
        for (let k = 0; k < 3; k++) sum += (m[i * 3 + k] ?? 0) * (m[j * 3 + k] ?? 0)
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 6)
      }
    }
  })

  it('brings the layouts closer than any small turn away from it', () => {
    const other = Float32Array.from(cloud, (value, n) => value + 0.3 * Math.cos(n * 3.7))
    const m = alignment(other, cloud)
    const error = (positions: Float32Array): number => {
      let sum = 0
      positions.forEach((value, n) => (sum += (value - (cloud[n] ?? 0)) ** 2))
      return sum
    }
    const best = error(turned(other, m))
    for (const [a, b] of [
      [0.02, 0],
      [-0.02, 0],
      [0, 0.02],
      [0, -0.02],
    ] as const) {
      expect(error(turned(turned(other, m), rotation(a, b)))).toBeGreaterThan(best)
    }
  })

  it('turns a flat layout back in its plane and leaves a still one as it is', () => {
    const flat = cloud.map((value, n) => (n % 3 === 2 ? 0 : value))
    const still = turned(flat, alignment(flat, flat))
    still.forEach((value, n) => expect(value).toBeCloseTo(flat[n] ?? 0, 5))
    const flipped = flat.map((value, n) => (n % 3 === 2 ? value : -value))
    const back = turned(flipped, alignment(flipped, flat))
    back.forEach((value, n) => expect(value).toBeCloseTo(flat[n] ?? 0, 5))
  })

  it('leaves a layout alone where there is nothing to compare it with', () => {
    expect(alignment(new Float32Array(9), new Float32Array(9))).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1])
  })
})
