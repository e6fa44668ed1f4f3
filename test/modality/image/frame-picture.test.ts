import { describe, expect, it } from 'vitest'
import { framing as framingSchema, type ResolvedFraming } from '../../../src-main/contract/collection'
import { framePicture, framePixels } from '../../../src-main/modality/image/frame-picture'
import { defaultLimits } from '../../../src-main/modality/image/limits'
import { sharp } from '../../../src-main/modality/image/sharp'
import { animatedGif, fromPixels, headerBomb, iconSvg, noise, plain } from '../../fixtures/images/make-pictures'

function framing(change: Partial<ResolvedFraming> = {}): ResolvedFraming {
  return { ...framingSchema.parse({ size: 32 }), background: '#ffffff', channels: 'rgb', ...change } as ResolvedFraming
}

function pixel(pixels: Uint8Array, x: number, y: number, channels: number, size = 32): number[] {
  return [...pixels.subarray((y * size + x) * channels, (y * size + x + 1) * channels)]
}

const near = (a: readonly number[], b: readonly number[], tolerance: number): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] as number)) <= tolerance)

describe('framePicture reads', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const)('%s', async (format) => {
    const data = await plain(40, 40).toFormat(format).toBuffer()
    const { pixels, width, height, note } = await framePicture({ name: `a.${format}`, data }, framing())
    expect([width, height, note]).toEqual([40, 40, null])
    expect(near(pixel(pixels, 16, 16, 3), [220, 30, 40], 6)).toBe(true)
  })

  it('an icon sharply at the framed size: black ink on white paper', async () => {
    const { pixels, width } = await framePicture(
      { name: 'a.svg', data: Buffer.from(iconSvg) },
      framing({ size: 64, channels: 'gray' }),
    )
    expect(width).toBe(24)
    // The square runs from 4/24 to 20/24: 10.67 to 53.33 of 64 pixels.
    expect(pixel(pixels, 9, 32, 1, 64)).toEqual([255])
    expect(pixel(pixels, 12, 32, 1, 64)).toEqual([0])
    expect(pixel(pixels, 51, 32, 1, 64)).toEqual([0])
    expect(pixel(pixels, 54, 32, 1, 64)).toEqual([255])
  })

  it('the first frame of an animation, and says so', async () => {
    const { pixels, height, note } = await framePicture({ name: 'a.gif', data: await animatedGif() }, framing())
    expect(height).toBe(16)
    expect(near(pixel(pixels, 16, 16, 3), [220, 30, 40], 12)).toBe(true)
    expect(note).toMatch(/3 frames, of which the first/)
  })

  it('a picture by its content where its name is wrong, and says so', async () => {
    const { note } = await framePicture({ name: 'a.png', data: await plain(9, 9).jpeg().toBuffer() }, framing())
    expect(note).toMatch(/holds a JPEG although its name ends in \.png/)
  })

  it('a JPEG in CMYK', async () => {
    const data = await plain(40, 40).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
    expect((await sharp(data).metadata()).space).toBe('cmyk')
    const { pixels } = await framePicture({ name: 'a.jpg', data }, framing())
    expect(near(pixel(pixels, 16, 16, 3), [220, 30, 40], 40)).toBe(true)
  })

  it('16 bits a channel', async () => {
    const deep = Uint16Array.from({ length: 32 * 32 * 3 }, (_, i) => [56_797, 13_107, 26_214][i % 3] as number)
    const data = await sharp(deep, { raw: { width: 32, height: 32, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    expect((await sharp(data).metadata()).depth).toBe('ushort')
    const { pixels } = await framePicture({ name: 'a.png', data }, framing())
    expect(near(pixel(pixels, 3, 3, 3), [221, 51, 102], 1)).toBe(true)
  })

  it('a photograph upright, as its EXIF orientation says', async () => {
    // Stored lying: the left half red, the right half blue; orientation 6 turns it a quarter clockwise, red comes on top.
    const rows = Array.from({ length: 20 }, () =>
      Array.from({ length: 40 }, (_, x) => (x < 20 ? [255, 0, 0] : [0, 0, 255])),
    )
    const data = await fromPixels(rows.flat(2), 40, 20, 3).withMetadata({ orientation: 6 }).png().toBuffer()
    const { pixels, width, height } = await framePicture({ name: 'a.png', data }, framing())
    expect([width, height]).toEqual([20, 40])
    expect(near(pixel(pixels, 16, 4, 3), [255, 0, 0], 2)).toBe(true)
    expect(near(pixel(pixels, 16, 28, 3), [0, 0, 255], 2)).toBe(true)
  })

  it('a picture with a colour profile in sRGB', async () => {
    const data = await plain(32, 32, { r: 0, g: 255, b: 0 }).withIccProfile('p3').png().toBuffer()
    const { pixels } = await framePicture({ name: 'a.png', data }, framing())
    // The stored numbers differ from sRGB's green; read through their profile they are it again.
    expect(near(pixel(pixels, 16, 16, 3), [0, 255, 0], 4)).toBe(true)
  })

  it('grey as grey, in one channel or three', async () => {
    const data = await fromPixels(new Array<number>(32 * 32).fill(77), 32, 32, 1)
      .toColourspace('b-w')
      .png()
      .toBuffer()
    expect(pixel((await framePicture({ name: 'a.png', data }, framing({ channels: 'gray' }))).pixels, 5, 5, 1)).toEqual(
      [77],
    )
    expect(pixel((await framePicture({ name: 'a.png', data }, framing())).pixels, 5, 5, 3)).toEqual([77, 77, 77])
  })
})

describe('framePicture refuses by name', () => {
  const read = (name: string, data: Uint8Array, limits = defaultLimits): Promise<unknown> =>
    framePicture({ name, data }, framing(), limits)

  it('an empty file', async () => {
    await expect(read('none.png', new Uint8Array(0))).rejects.toMatchObject({
      problem: { name: 'none.png', code: 'image-damaged', message: '“none.png” is empty (0 bytes).' },
    })
  })

  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('a %s that breaks off', async (format) => {
    const data = await noise(120, 120).toFormat(format).toBuffer()
    await expect(read(`half.${format}`, data.subarray(0, data.length >> 1))).rejects.toMatchObject({
      problem: { name: `half.${format}`, code: 'image-damaged' },
    })
  })

  it('a PNG with damaged bytes', async () => {
    const data = await noise(120, 120).png().toBuffer()
    data.fill(0x55, 2000, 2400)
    await expect(read('bad.png', data)).rejects.toMatchObject({ problem: { code: 'image-damaged' } })
  })

  it('a text that calls itself a picture', async () => {
    await expect(read('a.jpg', Buffer.from('hello'))).rejects.toMatchObject({
      problem: { code: 'image-damaged', message: '“a.jpg” is damaged, or no JPEG although its name says so.' },
    })
  })

  it('kinds that it does not read, naming those it does', async () => {
    await expect(read('a.pdf', Buffer.from('%PDF-1.4'))).rejects.toMatchObject({
      problem: { code: 'image-unsupported', message: expect.stringMatching(/PDF.*PNG, JPEG/) as string },
    })
  })

  it('268 megapixels in some hundred bytes, before anything is decoded', async () => {
    const from = process.memoryUsage().rss
    await expect(read('bomb.png', headerBomb())).rejects.toMatchObject({
      problem: { code: 'image-too-large', message: expect.stringMatching(/16384 by 16384.*100 megapixels/) as string },
    })
    expect(process.memoryUsage().rss - from).toBeLessThan(100e6)
  })

  it('20,000 pixels by 20,000, in every format whose header must be asked', async () => {
    for (const format of ['png', 'webp', 'tiff'] as const) {
      const data = await plain(300, 300).toFormat(format).toBuffer()
      const small = { ...defaultLimits, pixels: 80_000 }
      await expect(read(`a.${format}`, data, small)).rejects.toMatchObject({ problem: { code: 'image-too-large' } })
    }
    await expect(read('a.png', headerBomb(20_000, 20_000))).rejects.toMatchObject({
      problem: { code: 'image-too-large' },
    })
  })

  it('a drawing of absurd size', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="100000000"/>'
    await expect(
      framePicture({ name: 'a.svg', data: Buffer.from(svg) }, framing({ fit: 'cover' })),
    ).rejects.toMatchObject({
      problem: { code: 'image-too-large' },
    })
  })
})

describe('framePicture fits', () => {
  const wide = (): Promise<Buffer> => plain(60, 20).png().toBuffer()

  it('contain: all of it, padded with the background', async () => {
    const { pixels } = await framePicture({ name: 'a.png', data: await wide() }, framing({ background: '#102030' }))
    expect(pixel(pixels, 16, 2, 3)).toEqual([16, 32, 48])
    expect(pixel(pixels, 1, 16, 3)).toEqual([220, 30, 40])
  })

  it('cover: the square is full', async () => {
    const { pixels } = await framePicture({ name: 'a.png', data: await wide() }, framing({ fit: 'cover' }))
    for (const [x, y] of [
      [0, 0],
      [31, 0],
      [0, 31],
      [31, 31],
    ] as const)
      expect(pixel(pixels, x, y, 3)).toEqual([220, 30, 40])
  })

  it('trim: cut to the content, with its margin free', async () => {
    const spot = { input: await plain(10, 10).png().toBuffer(), left: 70, top: 5 }
    const data = await plain(100, 100, { r: 255, g: 255, b: 255 }).composite([spot]).png().toBuffer()
    const { pixels, width } = await framePicture({ name: 'a.png', data }, framing({ fit: 'trim', margin: 0.125 }))
    expect(width).toBe(100)
    expect(pixel(pixels, 16, 16, 3)).toEqual([220, 30, 40])
    expect(pixel(pixels, 5, 16, 3)).toEqual([220, 30, 40])
    expect(pixel(pixels, 2, 16, 3)).toEqual([255, 255, 255])
    expect(pixel(pixels, 29, 16, 3)).toEqual([255, 255, 255])
  })

  it('trim leaves alone what has no background, and survives what has no content', async () => {
    const empty = await plain(20, 20, { r: 0, g: 0, b: 0, alpha: 0 }).png().toBuffer()
    const { pixels } = await framePicture({ name: 'a.png', data: empty }, framing({ fit: 'trim', channels: 'gray' }))
    expect(new Set(pixels)).toEqual(new Set([255]))
    const photo = await noise(50, 50).png().toBuffer()
    await expect(framePicture({ name: 'a.png', data: photo }, framing({ fit: 'trim' }))).resolves.toBeDefined()
  })

  it('a hair: 2000 by 1 pixels', async () => {
    for (const fit of ['contain', 'cover', 'trim'] as const) {
      const data = await plain(2000, 1).png().toBuffer()
      await expect(framePicture({ name: 'a.png', data }, framing({ fit }))).resolves.toMatchObject({
        width: 2000,
        height: 1,
      })
    }
  })

  it('enlarges what is smaller than the square', async () => {
    const { pixels } = await framePicture({ name: 'a.png', data: await plain(3, 3).png().toBuffer() }, framing())
    expect(pixel(pixels, 0, 0, 3)).toEqual([220, 30, 40])
  })
})

describe('transparency', () => {
  const disc = async (): Promise<Buffer> => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="20" fill="#ffffff"/></svg>`
    return sharp(Buffer.from(svg)).png().toBuffer()
  }

  it('stays, without dark fringes: what shows half is as white as what shows whole', async () => {
    const { pixels } = await framePicture(
      { name: 'a.png', data: await disc() },
      framing({ channels: 'rgba', background: 'transparent' }),
    )
    expect(pixel(pixels, 16, 16, 4)).toEqual([255, 255, 255, 255])
    let partial = 0
    for (let at = 0; at < pixels.length; at += 4) {
      const alpha = pixels[at + 3] as number
      if (alpha > 0 && alpha < 255) partial++
      // Alpha of a few levels leaves colours a few levels of rounding.
      if (alpha > 8) expect(pixels[at] as number).toBeGreaterThan(235)
      if (alpha === 0) expect(pixels[at] as number).toBeGreaterThan(250)
    }
    expect(partial).toBeGreaterThan(20)
  })

  it('lies on the background where channels have no alpha', async () => {
    const { pixels } = await framePicture({ name: 'a.png', data: await disc() }, framing({ background: '#204060' }))
    expect(pixel(pixels, 0, 0, 3)).toEqual([32, 64, 96])
    expect(pixel(pixels, 16, 16, 3)).toEqual([255, 255, 255])
  })

  it('hides its colour: pixels that show nothing take the mean of those that do', async () => {
    const data = await fromPixels([255, 0, 0, 255, 0, 255, 0, 0], 2, 1, 4).png().toBuffer()
    const { pixels } = await framePicture(
      { name: 'a.png', data },
      framing({ channels: 'rgba', background: 'transparent' }),
    )
    expect(pixel(pixels, 0, 0, 4)).toEqual([255, 0, 0, 0])
  })

  it('is kept while the rest is inverted', async () => {
    const look = framing({ channels: 'rgba', background: 'transparent', invert: true })
    const { pixels } = await framePicture({ name: 'a.png', data: await disc() }, look)
    expect(pixel(pixels, 16, 16, 4)).toEqual([0, 0, 0, 255])
    const gray = await framePicture(
      { name: 'a.svg', data: Buffer.from(iconSvg) },
      framing({ channels: 'gray', invert: true }),
    )
    expect([gray.pixels[0], gray.pixels[16 * 32 + 16]]).toEqual([0, 255])
  })
})

describe('framePixels', () => {
  it('leaves pixels of the right size as they are', async () => {
    const data = Uint8Array.from({ length: 32 * 32 }, (_, i) => (i * 7) % 256)
    const { pixels } = await framePixels({ width: 32, height: 32, channels: 1, data }, framing({ channels: 'gray' }))
    expect([...pixels]).toEqual([...data])
  })

  it('shrinks larger ones', async () => {
    const data = new Uint8Array(128 * 64).fill(9)
    const { pixels, width } = await framePixels(
      { width: 128, height: 64, channels: 1, data },
      framing({ channels: 'gray' }),
    )
    expect(width).toBe(128)
    expect([pixels[16 * 32 + 16], pixels[0]]).toEqual([9, 255])
  })
})
