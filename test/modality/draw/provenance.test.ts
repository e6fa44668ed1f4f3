import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Provenance } from '../../../src-main/contract/variant'
import { makeChunk } from '../../../src-main/modality/draw/png-chunks'
import { findProvenance, readProvenance, writeProvenance } from '../../../src-main/modality/draw/provenance'
import { sharp } from '../../../src-main/modality/image/sharp'
import { plain } from '../../fixtures/images/make-pictures'

const provenance: Provenance = {
  varia: 1,
  project: 'Gefäße 🏺',
  run: 'run 3',
  runId: 3,
  recipe: '{"kind":"vae"}',
  checkpoint: 'c-000120',
  latent: [0.1, -2.5, 3e-7, Math.fround(1 / 3)],
  source: { kind: 'random', seed: 7, temperature: 1 },
  name: 'Vase\n1',
  madeAt: '2026-11-21T12:00:00Z',
}

const png = (): Promise<Buffer> => plain(6, 4).png().toBuffer()

describe('provenance in a PNG', () => {
  it('comes back as it was written, and leaves the picture as it was', async () => {
    const before = await png()
    const after = writeProvenance(before, provenance)
    expect(findProvenance(after)).toEqual(provenance)
    expect(await sharp(after).raw().toBuffer()).toEqual(await sharp(before).raw().toBuffer())
  })

  it('is replaced, not heaped up', async () => {
    const once = writeProvenance(await png(), provenance)
    const twice = writeProvenance(once, { ...provenance, name: 'x' })
    expect(findProvenance(twice)?.name).toBe('x')
    expect(twice.length).toBeLessThan(once.length)
  })

  it('is told to be missing, by name and with a remedy', async () => {
    const without = await png()
    expect(() => readProvenance(without, 'a.png')).toThrow(
      expect.objectContaining({ code: 'provenance-missing', subject: 'a.png' }) as Error,
    )
    const jpeg = await plain(4, 4).jpeg().toBuffer()
    expect(() => readProvenance(jpeg, 'a.jpg')).toThrow(/not a PNG/)
  })

  it('is not believed when a byte of it changed', async () => {
    const file = writeProvenance(await png(), provenance)
    const at = Buffer.from(file).indexOf('"runId":3') + 8
    file[at] = '4'.charCodeAt(0)
    expect(findProvenance(file)).toBeNull()
  })

  it('is not believed when it is of another shape or size', async () => {
    const [before, after] = [(await png()).subarray(0, 33), (await png()).subarray(33)]
    const inside = (json: string): Uint8Array =>
      Buffer.concat([before, makeChunk('iTXt', Buffer.from(`varia\0\0\0\0\0${json}`)), after])
    expect(findProvenance(inside(JSON.stringify(provenance)))).toEqual(provenance)
    expect(findProvenance(inside(JSON.stringify({ ...provenance, runId: '../../etc' })))).toBeNull()
    expect(findProvenance(inside('{'.repeat(10_000)))).toBeNull()
    expect(findProvenance(inside(JSON.stringify({ ...provenance, latent: new Array(70_000).fill(0) })))).toBeNull()
    expect(findProvenance(inside(' '.repeat(3 << 20)))).toBeNull()
  })

  it('is sought without harm in any bytes at all', async () => {
    const whole = writeProvenance(await png(), provenance)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        (changes, cut) => {
          const data = Uint8Array.from(whole.subarray(0, cut))
          for (const [at, value] of changes) if (at < cut) data[at] = value
          const found = findProvenance(data)
          expect(found === null || found.varia === 1).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        expect(findProvenance(Uint8Array.from([...whole.subarray(0, 8), ...tail]))).toBeNull()
      }),
    )
  })
})
