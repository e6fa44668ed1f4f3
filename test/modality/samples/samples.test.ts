import { describe, expect, it } from 'vitest'
import { framing as framingSchema, sampleInfo } from '../../../src-main/contract/collection'
import { contentBox } from '../../../src-main/modality/image/content-box'
import { readPictures } from '../../../src-main/modality/image/read-pictures'
import { resolveFraming, spreadSample } from '../../../src-main/modality/image/resolve-framing'
import { drawSampleMosaic, listSamples, openSample, type SampleName } from '../../../src-main/modality/samples/registry'
import { drawSprite, spriteFactors } from '../../../src-main/modality/samples/sprites'
import { drawVessel } from '../../../src-main/modality/samples/vessels/draw-vessel'
import { measure, profileOf } from '../../../src-main/modality/samples/vessels/shape'
import { vesselFactors } from '../../../src-main/modality/samples/vessels/vessels'
import { drawWithoutRepetition, seededRandom } from '../../../src-main/modality/shuffle'
import { type DesignOutcome, type DesignSource, type SourceEntry } from '../../../src-main/modality/source'

async function list(source: DesignSource): Promise<SourceEntry[]> {
  const entries = []
  for await (const entry of source.entries()) entries.push(entry)
  return entries
}

async function read(name: SampleName, count: number, seed = 1): Promise<DesignOutcome[]> {
  const source = openSample(name, { count, seed })
  const entries = await list(source)
  const framing = await resolveFraming(source, spreadSample(entries, 8), framingSchema.parse({ size: 64 }))
  const outcomes = []
  for await (const outcome of readPictures(source, framing)) outcomes.push(outcome)
  return outcomes
}

describe('every sample', () => {
  it('introduces itself', () => {
    expect(listSamples().map(({ name }) => name)).toEqual(['icons', 'vessels', 'sprites'])
    for (const info of listSamples()) expect(sampleInfo.parse(info)).toEqual(info)
  })

  it.each(['icons', 'sprites', 'vessels'] as const)(
    '%s: draws as many as asked, the same for the same seed, others for another',
    async (name) => {
      const [a, b, c] = [await read(name, 12), await read(name, 12), await read(name, 12, 2)]
      expect(a).toHaveLength(12)
      expect(a).toEqual(b)
      const hashes = (outcomes: DesignOutcome[]): string[] =>
        outcomes.map((o) => (o.kind === 'picture' ? o.hash : 'problem'))
      expect(hashes(a)).not.toContain('problem')
      expect(hashes(a)).not.toEqual(hashes(c))
    },
  )

  it.each(['icons', 'sprites', 'vessels'] as const)('%s: shows itself on the first screen', async (name) => {
    expect(await drawSampleMosaic(name, 5)).toMatchObject({ count: 5, width: 64, height: 64, channels: 4 })
  })

  it.each([
    ['icons', 'gray', '#ffffff'],
    ['sprites', 'gray', '#000000'],
    ['vessels', 'rgba', 'transparent'],
  ] as const)('%s: is framed in its own channels: %s on %s', async (name, channels, background) => {
    const source = openSample(name)
    const sample = spreadSample(await list(source), 24)
    expect(await resolveFraming(source, sample, framingSchema.parse({ size: 64 }))).toMatchObject({
      channels,
      background,
    })
  })
})

describe('icons', () => {
  it('are the 7,447 of the package, with their tags', async () => {
    const entries = await list(openSample('icons'))
    expect(entries).toHaveLength(7447)
    expect(entries.find(({ name }) => name === 'abacus.svg')?.attributes).toEqual({ tags: ['Math'] })
  })
})

describe('sprites', () => {
  it('never come twice, and cover all factors evenly', async () => {
    const entries = await list(openSample('sprites', { count: 20_000 }))
    expect(new Set(entries.map(({ name }) => name)).size).toBe(20_000)
    for (const factor of ['shape', 'scale', 'orientation', 'x', 'y'] as const) {
      const counts = new Map<unknown, number>()
      for (const { attributes } of entries) counts.set(attributes[factor], (counts.get(attributes[factor]) ?? 0) + 1)
      expect(counts.size).toBe(spriteFactors[factor])
      // Five standard deviations of a binomial count.
      const mean = 20_000 / counts.size
      for (const count of counts.values()) expect(Math.abs(count - mean)).toBeLessThan(5 * Math.sqrt(mean))
    }
  })

  it('are drawn where and as large as their factors say, whole inside the picture', () => {
    for (let shape = 0; shape < 3; shape++) {
      for (const [x, y] of [
        [0, 0],
        [31, 31],
        [0, 31],
      ] as const) {
        for (let orientation = 0; orientation < 40; orientation += 7) {
          const { data } = drawSprite({ shape, scale: 5, orientation, x, y })
          let [mass, mx, my] = [0, 0, 0]
          data.forEach((value, i) => {
            mass += value
            mx += value * ((i % 64) + 0.5)
            my += value * (Math.floor(i / 64) + 0.5)
            if (i % 64 === 0 || i % 64 === 63 || i < 64 || i >= 63 * 64) expect(value).toBe(0)
          })
          // A square of radius 14 covers 392 pixels, an ellipse half as wide as long 308; samples tell it to a 40th.
          if (shape === 0) expect(Math.abs(mass / 255 - 392)).toBeLessThan(10)
          if (shape === 1) expect(Math.abs(mass / 255 - Math.PI * 14 * 7)).toBeLessThan(10)
          if (shape < 2) {
            expect(Math.abs(mx / mass - (16 + (32 * x) / 31))).toBeLessThan(0.2)
            expect(Math.abs(my / mass - (16 + (32 * y) / 31))).toBeLessThan(0.2)
          }
        }
      }
    }
  })

  it('are not more than there are', async () => {
    let n = 0
    const numbers = new Set<number>()
    for (const number of drawWithoutRepetition(1000, seededRandom(3))) {
      numbers.add(number)
      n++
    }
    expect([n, numbers.size, Math.max(...numbers)]).toEqual([1000, 1000, 999])
  })
})

describe('vessels', () => {
  it('are measured as solids of revolution: a cylinder and a cone', () => {
    const solid = (radiusAt: (y: number) => number): Parameters<typeof measure>[0] => ({
      height: 0.5,
      maxRadius: 0.25,
      maxSlope: 1,
      radiusAt,
      slopeAt: () => 0,
    })
    // In a picture 40 cm high: 20 cm high, 10 cm of radius.
    expect(
      measure(
        solid(() => 0.25),
        40,
      ).volume,
    ).toBeCloseTo(Math.PI * 0.1 ** 2 * 0.2 * 1000, 9)
    expect(
      measure(
        solid((y) => 0.5 * y),
        40,
      ).volume,
    ).toBeCloseTo((Math.PI * 0.1 ** 2 * 0.2 * 1000) / 3, 9)
    expect(
      measure(
        solid(() => 0.25),
        40,
      ),
    ).toMatchObject({ height: 20, width: 20, slenderness: 1 })
  })

  it('are as wide in their pictures as their attributes say', () => {
    for (let n = 0; n < 12; n++) {
      const factors = vesselFactors(1, n)
      const picture = drawVessel(factors, 96)
      const box = contentBox(picture)
      const { width } = measure(profileOf(factors), 96)
      expect(Math.abs(box.width - width)).toBeLessThan(2.5)
      expect(box.top).toBeGreaterThan(0)
      expect(box.top + box.height).toBeLessThan(96)
    }
  })

  it('never overshoot their outline’s points, and stand on a foot', () => {
    for (let n = 0; n < 200; n++) {
      const factors = vesselFactors(7, n)
      const profile = profileOf(factors)
      expect(profile.maxRadius).toBeLessThanOrEqual(
        Math.max(factors.belly, factors.belly * factors.neck * (1 + factors.flare)) + 1e-9,
      )
      expect(profile.radiusAt(0)).toBeGreaterThan(0.02)
      for (let i = 0; i <= 50; i++) expect(profile.radiusAt((profile.height * i) / 50)).toBeGreaterThan(0.01)
    }
  })

  it('begin a longer series as a shorter one', async () => {
    const [short, long] = [
      await list(openSample('vessels', { count: 3 })),
      await list(openSample('vessels', { count: 6 })),
    ]
    expect(long.slice(0, 3)).toEqual(short)
  })
})
