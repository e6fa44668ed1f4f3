import { describe, expect, it } from 'vitest'
import { type PictureStack } from '../../../src-main/contract/binary'
import { encodePicture, suffixOf } from '../../../src-main/modality/draw/encode-picture'
import { drawGif } from '../../../src-main/modality/draw/gif'
import { drawSheet } from '../../../src-main/modality/draw/sheet'
import { pictureAt } from '../../../src-main/modality/draw/stack'
import { sharp } from '../../../src-main/modality/image/sharp'

function stack(count: number, width: number, height: number, colors: readonly (readonly number[])[]): PictureStack {
  const channels = (colors[0] as readonly number[]).length as 1 | 3 | 4
  const data = new Uint8Array(count * width * height * channels)
  for (let i = 0; i < count * width * height; i++)
    data.set(colors[Math.floor(i / width / height) % colors.length] as number[], i * channels)
  return { count, width, height, channels, data }
}

const at = (picture: PictureStack, x: number, y: number): number[] => [
  ...picture.data.subarray((y * picture.width + x) * picture.channels, (y * picture.width + x + 1) * picture.channels),
]

describe('drawSheet', () => {
  it('lays pictures out row by row with gutters between and round them', async () => {
    const sheet = await drawSheet(stack(3, 4, 4, [[10], [20], [30]]), {
      columns: 2,
      gutter: 1,
      background: [255, 0, 0],
    })
    expect(sheet).toMatchObject({ count: 1, width: 11, height: 11, channels: 3 })
    expect(at(sheet, 0, 0)).toEqual([255, 0, 0])
    expect([at(sheet, 1, 1), at(sheet, 6, 1), at(sheet, 1, 6), at(sheet, 6, 6)]).toEqual([
      [10, 10, 10],
      [20, 20, 20],
      [30, 30, 30],
      [255, 0, 0],
    ])
  })

  it('has no more columns than pictures', async () => {
    expect(await drawSheet(stack(2, 4, 4, [[1]]), { columns: 8, gutter: 1 })).toMatchObject({ width: 11, height: 6 })
  })

  it('keeps alpha on a transparent sheet, blends it on a coloured one, shows it on a checker', async () => {
    const half = stack(1, 2, 2, [[255, 0, 0, 128]])
    expect(at(await drawSheet(half, { columns: 1, gutter: 1, background: 'transparent' }), 1, 1)).toEqual([
      255, 0, 0, 128,
    ])
    expect(at(await drawSheet(half, { columns: 1, gutter: 1, background: [0, 0, 255] }), 1, 1)).toEqual([128, 0, 127])
    expect(at(await drawSheet(half, { columns: 1, gutter: 1, checker: true }), 1, 1)).toEqual([255, 127, 127])
  })

  it('writes captions under the pictures, on machines without fonts too, and shortens long ones', async () => {
    const long = 'a name that is far too long for a small picture to carry'
    const plain = await drawSheet(stack(2, 64, 64, [[255]]), { columns: 2 })
    const captioned = await drawSheet(stack(2, 64, 64, [[255]]), { columns: 2, captions: ['Vase <1> & Ö', long] })
    expect(captioned.height).toBeGreaterThan(plain.height)
    const ink = captioned.data.filter((v) => v < 200).length
    expect(ink).toBeGreaterThan(100)
    // Nothing is written over a picture or beyond the sheet's margin.
    for (let y = 4; y < 68; y++) expect(at(captioned, 40, y)).toEqual([255, 255, 255])
    for (let y = 0; y < captioned.height; y++) expect(at(captioned, captioned.width - 1, y)).toEqual([255, 255, 255])
  })
})

describe('encodePicture', () => {
  const gradient: PictureStack = {
    count: 2,
    width: 16,
    height: 8,
    channels: 4,
    data: Uint8Array.from({ length: 2 * 16 * 8 * 4 }, (_, i) => (i % 4 === 3 ? 255 - ((i * 3) % 200) : (i * 5) % 256)),
  }

  it('writes PNG and lossless WebP that read back to the same bytes', async () => {
    for (const options of [{ format: 'png' }, { format: 'webp', quality: 100 }] as const) {
      const file = await encodePicture(gradient, 1, options)
      expect([...(await sharp(file).raw().toBuffer())]).toEqual([...pictureAt(gradient, 1)])
    }
  })

  it('writes grey as grey and lays transparency on the background where the format has none', async () => {
    const gray = await encodePicture(stack(1, 4, 4, [[77]]), 0, { format: 'png' })
    expect(await sharp(gray).metadata()).toMatchObject({ channels: 1, space: 'b-w' })
    const clear = stack(1, 16, 16, [[9, 9, 9, 0]])
    const jpeg = await encodePicture(clear, 0, { format: 'jpeg', quality: 100, background: [0, 128, 255] })
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
    expect(info.channels).toBe(3)
    expect([...data.subarray(0, 3)].map((v, i) => Math.abs(v - ([0, 128, 255][i] as number)) <= 2)).toEqual([
      true,
      true,
      true,
    ])
  })

  it('enlarges', async () => {
    const file = await encodePicture(gradient, 0, { format: 'webp', scale: 4 })
    expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width: 64, height: 32 })
    expect(suffixOf('jpeg')).toBe('jpg')
  })
})

describe('drawGif', () => {
  it('plays forth and back at the rate asked for, for ever', async () => {
    const frames = stack(4, 8, 8, [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 255, 255],
    ])
    const gif = await drawGif(frames, { framesPerSecond: 8, backAndForth: true, scale: 2 })
    const metadata = await sharp(gif, { animated: true }).metadata()
    expect(metadata).toMatchObject({ format: 'gif', width: 16, pages: 6, pageHeight: 16, loop: 0 })
    expect(metadata.delay?.reduce((sum, ms) => sum + ms, 0)).toBe(750)
    const { data, info } = await sharp(gif, { animated: true })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const frame = (n: number): number[] => [...data.subarray(n * 16 * info.width * 4, n * 16 * info.width * 4 + 3)]
    expect([0, 1, 2, 3, 4, 5].map(frame)).toEqual([
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 255, 255],
      [0, 0, 255],
      [0, 255, 0],
    ])
  })

  it('keeps all 256 greys, and lays transparency on the background', async () => {
    const ramp = {
      count: 1,
      width: 16,
      height: 16,
      channels: 1,
      data: Uint8Array.from({ length: 256 }, (_, i) => i),
    } as const
    const gray = await sharp(await drawGif(ramp, { framesPerSecond: 10 }))
      .removeAlpha()
      .raw()
      .toBuffer()
    expect([...gray].filter((_, i) => i % 3 === 0)).toEqual([...ramp.data])
    const clear = await drawGif(stack(1, 8, 8, [[0, 0, 0, 0]]), { framesPerSecond: 10, background: [255, 255, 255] })
    expect([...(await sharp(clear).removeAlpha().raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255])
  })
})
