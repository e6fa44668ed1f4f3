import { describe, expect, it } from 'vitest'
import { type Framing, framing as schema } from '../../../src-main/contract/collection'
import { contentBox } from '../../../src-main/modality/image/content-box'
import { lookAtPicture, type PictureLook } from '../../../src-main/modality/image/look-at-picture'
import { previewPictures } from '../../../src-main/modality/image/preview-pictures'
import { decideFraming, resolveFraming, spreadSample } from '../../../src-main/modality/image/resolve-framing'
import { DesignProblem, type DesignSource, type RawPicture, type SourceEntry } from '../../../src-main/modality/source'

const auto = (change: Partial<Framing> = {}): Framing => ({ ...schema.parse({}), ...change })

function picture(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  at: (x: number, y: number) => number[],
): RawPicture {
  const data = Uint8Array.from(
    Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))).flat(),
  )
  return { width, height, channels, data }
}

const glyph = picture(8, 8, 4, (x) => (x > 2 && x < 5 ? [0, 0, 0, 255] : [0, 0, 0, 0]))
const whiteGlyph = picture(8, 8, 4, (x) => (x > 2 && x < 5 ? [255, 255, 255, 255] : [0, 0, 0, 0]))
const sprite = picture(8, 8, 4, (x) => (x > 2 && x < 5 ? [200, 30, 30, 255] : [0, 0, 0, 0]))
const photo = picture(8, 8, 3, (x, y) => [x * 30, y * 30, 90])
const productShot = picture(8, 8, 3, (x, y) => (x > 2 && x < 5 && y > 2 && y < 5 ? [180, 20, 20] : [240, 240, 235]))
const scan = picture(8, 8, 1, (x, y) => [(x * 31 + y * 17) % 256])

const decide = (
  pictures: readonly RawPicture[],
  change: Partial<Framing> = {},
): { channels: string; background: string } => {
  const { channels, background } = decideFraming(pictures.map(lookAtPicture), auto(change))
  return { channels, background }
}

describe('what auto decides', () => {
  it('dark glyphs on nothing are ink on white paper', () => {
    expect(decide([glyph, glyph])).toEqual({ channels: 'gray', background: '#ffffff' })
  })

  it('light glyphs on nothing are chalk on black', () => {
    expect(decide([whiteGlyph])).toEqual({ channels: 'gray', background: '#000000' })
  })

  it('glyphs of both keep their alpha: on any paper one kind would be lost', () => {
    expect(decide([glyph, whiteGlyph])).toEqual({ channels: 'rgba', background: 'transparent' })
  })

  it('coloured cut-outs keep their alpha, even among photographs', () => {
    expect(decide([photo, sprite])).toEqual({ channels: 'rgba', background: 'transparent' })
  })

  it('photographs have colour; without an even border they are padded white', () => {
    expect(decide([photo])).toEqual({ channels: 'rgb', background: '#ffffff' })
  })

  it('product shots are padded with the paper they stand on', () => {
    expect(decide([productShot, productShot, photo])).toEqual({ channels: 'rgb', background: '#f0f0eb' })
  })

  it('grey scans stay grey', () => {
    expect(decide([scan])).toEqual({ channels: 'gray', background: '#ffffff' })
  })

  it('nothing at all can be decided without pictures, and is', () => {
    expect(decide([])).toEqual({ channels: 'gray', background: '#ffffff' })
  })
})

describe('what was said is kept', () => {
  it('a background takes transparency’s place, and its hue asks for colour', () => {
    expect(decide([sprite], { background: '#ffffff' })).toEqual({ channels: 'rgb', background: '#ffffff' })
    expect(decide([glyph], { background: '#ff8800' })).toEqual({ channels: 'rgb', background: '#ff8800' })
  })

  it('channels decide whether a transparent background can be', () => {
    expect(decide([sprite], { channels: 'rgb' })).toEqual({ channels: 'rgb', background: '#ffffff' })
    expect(decide([glyph], { background: 'transparent' })).toEqual({ channels: 'rgba', background: 'transparent' })
    expect(decide([photo], { channels: 'rgba' })).toEqual({ channels: 'rgba', background: '#ffffff' })
  })
})

describe('contentBox', () => {
  it('finds content on transparency, whatever colour hides there', () => {
    const hidden = picture(6, 5, 4, (x, y) => (x === 2 && y > 0 && y < 4 ? [9, 9, 9, 200] : [x * 40, y * 40, 0, 3]))
    expect(contentBox(hidden)).toEqual({ left: 2, top: 1, width: 1, height: 3 })
  })

  it('finds content on an even ground, and all of a picture without one', () => {
    expect(contentBox(productShot)).toEqual({ left: 3, top: 3, width: 2, height: 2 })
    expect(contentBox(photo)).toEqual({ left: 0, top: 0, width: 8, height: 8 })
    expect(contentBox(picture(4, 4, 1, () => [7]))).toEqual({ left: 0, top: 0, width: 4, height: 4 })
  })
})

describe('spreadSample', () => {
  it('spreads evenly and takes all there are', () => {
    const numbers = Array.from({ length: 100 }, (_, i) => i)
    expect(spreadSample(numbers, 4)).toEqual([12, 37, 62, 87])
    expect(spreadSample([1, 2], 4)).toEqual([1, 2])
  })
})

function sourceOf(pictures: readonly (RawPicture | null)[]): { source: DesignSource; entries: SourceEntry[] } {
  const entries = pictures.map((_, i) => ({ name: `${i}`, path: null, attributes: {} }))
  const source: DesignSource = {
    origin: 'test',
    attributeNames: [],
    async *entries() {
      yield* entries
    },
    with(entry, use) {
      const found = pictures[Number(entry.name)]
      if (found === null || found === undefined) {
        throw new DesignProblem({ name: entry.name, code: 'image-damaged', message: 'bad' })
      }
      return use({ kind: 'pixels', picture: found, hash: entry.name })
    },
  }
  return { source, entries }
}

describe('resolveFraming and previewPictures', () => {
  it('let damaged pictures have no say, and show others in their place', async () => {
    const { source, entries } = sourceOf([null, photo, null, photo, photo, null])
    expect(await resolveFraming(source, entries, auto())).toMatchObject({ channels: 'rgb' } satisfies Partial<
      PictureLook & Framing
    >)
    const preview = await previewPictures(source, entries, auto({ size: 32 }), { count: 3, seed: 1 })
    expect(preview.pictures).toMatchObject({ count: 3, width: 32, height: 32, channels: 3 })
    expect(preview.names.sort()).toEqual(['1', '3', '4'])
  })

  it('pick the same pictures for the same seed, others for another', async () => {
    const { source, entries } = sourceOf(Array.from({ length: 40 }, () => photo))
    const pick = async (seed: number): Promise<string[]> =>
      (await previewPictures(source, entries, auto({ size: 32 }), { count: 6, seed })).names
    expect(await pick(1)).toEqual(await pick(1))
    expect(await pick(1)).not.toEqual(await pick(2))
  })

  it('show an empty source as no pictures', async () => {
    const { source } = sourceOf([])
    const preview = await previewPictures(source, [], auto({ size: 32 }), { count: 3, seed: 1 })
    expect(preview).toMatchObject({ names: [], problems: [], pictures: { count: 0 } })
  })
})
