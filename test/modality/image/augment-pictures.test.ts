import { describe, expect, it } from 'vitest'
import { augmentation, type Augmentation } from '../../../src-main/contract/augmentation'
import { type ResolvedFraming } from '../../../src-main/contract/collection'
import {
  augmentPictures,
  changesPictures,
  drawsPerPicture,
  type Fill,
  fillOf,
} from '../../../src-main/modality/image/augment-pictures'
import { seededRandom } from '../../../src-main/modality/shuffle'

const size = { height: 4, width: 5, channels: 1 }
const picture = Uint8Array.from({ length: 20 }, (_, i) => 10 * i)

/** Draws from a list: flip x, flip y, dx, dy, angle, scale, brightness, contrast, saturation. */
function draws(values: readonly number[]): () => number {
  let at = 0
  return () => values[at++ % values.length] as number
}

function augment(change: Partial<Augmentation>, numbers: readonly number[], fill: Fill = [255]): number[] {
  return [...augmentPictures(picture, size, augmentation.parse(change), fill, draws(numbers))]
}

const middle = [0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]

describe('augmentPictures', () => {
  it('leaves pictures alone when nothing is switched on, whatever is drawn', () => {
    expect(augment({}, [0.1, 0.2, 0.3])).toEqual([...picture])
    expect(changesPictures(augmentation.parse({}))).toBe(false)
    expect(changesPictures(augmentation.parse({ shift: 1 }))).toBe(true)
  })

  it('flips half of the pictures', () => {
    const flipped = augment({ flipHorizontal: true }, [0.2, ...middle.slice(1)])
    expect(flipped.slice(0, 5)).toEqual([40, 30, 20, 10, 0])
    expect(augment({ flipHorizontal: true }, [0.7, ...middle.slice(1)])).toEqual([...picture])
    const turned = augment({ flipHorizontal: true, flipVertical: true }, [0.2, 0.2, ...middle.slice(2)])
    expect(turned).toEqual([...picture].reverse())
  })

  it('shifts by whole pixels and fills what is left', () => {
    // 0 draws the largest shift to the left, nearly 1 the largest to the right.
    const left = augment({ shift: 1 }, [0.9, 0.9, 0, 0.5, ...middle.slice(4)])
    expect(left.slice(0, 5)).toEqual([10, 20, 30, 40, 255])
    const down = augment({ shift: 1 }, [0.9, 0.9, 0.5, 0.99, ...middle.slice(4)])
    expect(down.slice(0, 10)).toEqual([255, 255, 255, 255, 255, 0, 10, 20, 30, 40])
    const edge = augment({ shift: 2 }, [0.9, 0.9, 0.99, 0, ...middle.slice(4)], 'edge')
    expect(edge).toEqual([
      100, 100, 100, 110, 120, 150, 150, 150, 160, 170, 150, 150, 150, 160, 170, 150, 150, 150, 160, 170,
    ])
  })

  it('draws every shift equally often', () => {
    const random = seededRandom(5)
    const counts = new Map<number, number>()
    const point = new Uint8Array(9 * 9)
    point[40] = 255
    for (let i = 0; i < 5000; i++) {
      const moved = augmentPictures(
        point,
        { height: 9, width: 9, channels: 1 },
        augmentation.parse({ shift: 1 }),
        [0],
        random,
      )
      const at = moved.indexOf(255)
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    expect(counts.size).toBe(9)
    for (const count of counts.values()) expect(Math.abs(count - 5000 / 9)).toBeLessThan(110)
  })

  it('turns by 90 degrees as moving pixels would', () => {
    const square = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const numbers = [0.9, 0.9, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 0.5]
    const turned = augmentPictures(
      square,
      { height: 3, width: 3, channels: 1 },
      augmentation.parse({ rotate: 90 }),
      [0],
      draws(numbers),
    )
    expect([...turned]).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3])
  })

  it('scales about the centre, bilinearly', () => {
    const numbers = [0.9, 0.9, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5]
    const row = Uint8Array.from([0, 0, 90, 0, 0])
    const [a, b, c] = augmentPictures(
      row,
      { height: 1, width: 5, channels: 1 },
      augmentation.parse({ scale: 0.5 }),
      'edge',
      draws(numbers),
    )
    // Magnified 1.5 times: the neighbour of the peak looks up two thirds of a pixel from it.
    expect([a, b, c]).toEqual([0, 30, 90])
  })

  it('moves alpha without dark fringes and leaves it uncoloured', () => {
    const half = new Uint8Array(6 * 6 * 4)
    for (let i = 0; i < 36; i++) half.set(i % 6 < 3 ? [200, 100, 50, 255] : [0, 0, 0, 0], i * 4)
    const out = augmentPictures(
      half,
      { height: 6, width: 6, channels: 4 },
      augmentation.parse({ rotate: 30 }),
      'clear',
      draws([0.9, 0.9, 0.5, 0.5, 0.9, 0.5, 0.5, 0.5, 0.5]),
    )
    for (let at = 0; at < out.length; at += 4) {
      if ((out[at + 3] as number) > 0) expect([...out.subarray(at, at + 3)]).toEqual([200, 100, 50])
    }
    const opaque = Uint8Array.from([10, 20, 30, 77])
    const [, , , alpha] = augmentPictures(
      opaque,
      { height: 1, width: 1, channels: 4 },
      augmentation.parse({ color: 0.5 }),
      'clear',
      draws([0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 1, 1, 1]),
    )
    expect(alpha).toBe(77)
  })

  it('brightens, keeps grey grey, and stays within bytes', () => {
    const grey = Uint8Array.from([100, 100, 100, 250, 250, 250])
    const out = augmentPictures(
      grey,
      { height: 1, width: 2, channels: 3 },
      augmentation.parse({ color: 0.5 }),
      [0, 0, 0],
      draws([0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.9, 0.5, 0.9]),
    )
    expect([...out]).toEqual([140, 140, 140, 255, 255, 255])
  })

  it('takes as many draws for each picture, whatever is switched on', () => {
    for (const change of [{}, { flipHorizontal: true, shift: 2, rotate: 10, scale: 0.2, color: 0.3 }]) {
      let taken = 0
      augmentPictures(new Uint8Array(60), size, augmentation.parse(change), [0], () => ((taken++ * 37) % 100) / 100)
      expect(taken).toBe(3 * drawsPerPicture)
    }
  })

  it('repeats itself for the same seed', () => {
    const all = augmentation.parse({ flipVertical: true, shift: 2, rotate: 20, scale: 0.2, color: 0.2 })
    const run = (seed: number): Uint8Array => augmentPictures(picture, size, all, [9], seededRandom(seed))
    expect(run(3)).toEqual(run(3))
    expect(run(3)).not.toEqual(run(4))
  })
})

describe('fillOf', () => {
  const framing: ResolvedFraming = {
    size: 32,
    fit: 'contain',
    margin: 0,
    background: '#ffffff',
    channels: 'gray',
    invert: false,
  }

  it('continues the background in the picture’s own channels', () => {
    expect(fillOf(framing)).toEqual([255])
    expect(fillOf({ ...framing, invert: true })).toEqual([0])
    expect(fillOf({ ...framing, channels: 'rgb', background: '#102030' })).toEqual([16, 32, 48])
    expect(fillOf({ ...framing, channels: 'rgba', background: 'transparent' })).toBe('clear')
    expect(fillOf({ ...framing, fit: 'cover' })).toBe('edge')
  })
})
