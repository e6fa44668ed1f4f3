import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coordinate, keeping, sameLatent, withCoordinate } from '../../../src-renderer/editor/latent-moves'

const length = 6
const latents = fc
  .array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: length, maxLength: length })
  .map((values) => Float32Array.from(values))
const value = fc.float({ min: -5, max: 5, noNaN: true })

/** Two orthonormal directions that mix all dimensions. */
const across = Float32Array.from({ length }, (_, n) => (n % 2 === 0 ? 1 : -1) / Math.sqrt(length))
const along = Float32Array.from({ length }, () => 1 / Math.sqrt(length))
const [first, second] = [{ direction: across }, { direction: along }]

describe('moving a latent', () => {
  it('sets its coordinate on the axis and leaves every perpendicular one', () => {
    fc.assert(
      fc.property(latents, value, (latent, to) => {
        const moved = withCoordinate(latent, first, to)
        expect(coordinate(moved, first)).toBeCloseTo(to, 4)
        expect(coordinate(moved, second)).toBeCloseTo(coordinate(latent, second), 4)
      }),
    )
  })

  it('never changes the latent it was given', () => {
    const latent = new Float32Array(length)
    withCoordinate(latent, first, 3)
    expect([...latent]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('back and forth ends where it began', () => {
    fc.assert(
      fc.property(latents, value, (latent, to) => {
        const back = withCoordinate(withCoordinate(latent, first, to), first, coordinate(latent, first))
        expect(sameLatent(back, latent)).toBe(true)
      }),
    )
  })

  it('takes over the locked coordinates of another latent and nothing else', () => {
    fc.assert(
      fc.property(latents, latents, (drawn, before) => {
        const kept = keeping(drawn, before, [first])
        expect(coordinate(kept, first)).toBeCloseTo(coordinate(before, first), 4)
        expect(coordinate(kept, second)).toBeCloseTo(coordinate(drawn, second), 4)
      }),
    )
  })

  it('tells latents of another size apart', () => {
    expect(sameLatent(Float32Array.of(1), Float32Array.of(1, 2))).toBe(false)
    expect(sameLatent(Float32Array.of(1, 2), Float32Array.of(1, 2.001))).toBe(false)
  })
})
