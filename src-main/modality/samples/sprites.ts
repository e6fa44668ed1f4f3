/**
 * Sprites after dSprites (Matthey et al. 2017): a white shape on black at 64x64 for every combination of five factors,
 * 737,280 in all. Unlike the original the edges are antialiased (4x4 samples a pixel) and the 40 orientations don't hold
 * 0 and 360 degrees twice. A square turned by 90 degrees is the same picture: such copies are in it, as in the original.
 */
import { drawWithoutRepetition, seededRandom } from '../shuffle'
import { type Attributes, type DesignSource, type RawPicture, type SourceEntry } from '../source'
import { hashPixels, type Sample, type SampleOptions } from './sample'

export const spriteShapes = ['square', 'ellipse', 'heart'] as const
export const spriteFactors = { shape: 3, scale: 6, orientation: 40, x: 32, y: 32 } as const

export interface SpriteFactors {
  /** Indices, from 0. */
  readonly shape: number
  readonly scale: number
  readonly orientation: number
  readonly x: number
  readonly y: number
}

const side = 64
const samplesPerSide = 4
/** Radius of the circle round a shape of scale 1, and the strip that centres keep from the border. */
const radius = 14
const border = 16

export const sprites: Sample = {
  info: {
    name: 'sprites',
    title: 'Sprites',
    description: 'Squares, ellipses and hearts of every size, turn and place: five known factors to find again.',
    count: 10_000,
  },
  open: openSprites,
}

const all = Object.values(spriteFactors).reduce((product, n) => product * n, 1)

function openSprites({ count = sprites.info.count, seed = 1 }: SampleOptions): DesignSource {
  return {
    origin: 'Sprites (sample)',
    attributeNames: ['shape', 'scale', 'orientation', 'x', 'y'],
    entries: () => listSprites(Math.min(count, all), seed),
    with: async (entry, use) => {
      const picture = drawSprite(factorsOfName(entry.name))
      return use({ kind: 'pixels', picture, hash: hashPixels(picture) })
    },
  }
}

async function* listSprites(count: number, seed: number): AsyncGenerator<SourceEntry> {
  let drawn = 0
  for (const index of drawWithoutRepetition(all, seededRandom(seed))) {
    if (drawn++ >= count) return
    const factors = factorsOf(index)
    yield { name: nameOf(factors), path: null, attributes: attributesOf(factors) }
  }
}

/** The factors' indices of the n-th combination, the last factor running fastest. */
function factorsOf(index: number): SpriteFactors {
  const take = (n: number): number => {
    const digit = index % n
    index = (index - digit) / n
    return digit
  }
  const y = take(spriteFactors.y)
  const x = take(spriteFactors.x)
  const orientation = take(spriteFactors.orientation)
  const scale = take(spriteFactors.scale)
  return { shape: take(spriteFactors.shape), scale, orientation, x, y }
}

function nameOf({ shape, scale, orientation, x, y }: SpriteFactors): string {
  return [spriteShapes[shape], `s${scale}`, `o${orientation}`, `x${x}`, `y${y}`].join('-')
}

function factorsOfName(name: string): SpriteFactors {
  const found = /^(\w+)-s(\d+)-o(\d+)-x(\d+)-y(\d+)$/.exec(name)
  if (found === null) throw new Error(`“${name}” names no sprite`)
  const [scale = 0, orientation = 0, x = 0, y = 0] = found.slice(2).map(Number)
  return { shape: spriteShapes.findIndex((shape) => shape === found[1]), scale, orientation, x, y }
}

/** Scale 0.5 to 1, orientation in degrees, position 0 to 1 from the left and from the top. */
function attributesOf({ shape, scale, orientation, x, y }: SpriteFactors): Attributes {
  return {
    shape: spriteShapes[shape] as string,
    scale: 0.5 + scale * 0.1,
    orientation: (orientation * 360) / spriteFactors.orientation,
    x: x / (spriteFactors.x - 1),
    y: y / (spriteFactors.y - 1),
  }
}

/** Whether a point lies in a shape that fills the unit circle. */
const isInside: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => Math.abs(x) <= Math.SQRT1_2 && Math.abs(y) <= Math.SQRT1_2,
  (x, y) => x * x + 4 * y * y <= 1,
  (x, y) => {
    // (x² + y² - 1)³ = x² y³, moved and shrunk into the circle; up is negative y.
    const u = x * 1.25
    const v = -y * 1.25 + 0.25
    const d = u * u + v * v - 1
    return d * d * d <= u * u * v * v * v
  },
]

/** Draws one sprite: grey, white on black. */
export function drawSprite(factors: SpriteFactors): RawPicture {
  const inside = isInside[factors.shape] as (x: number, y: number) => boolean
  const size = radius * (0.5 + factors.scale * 0.1)
  const angle = (factors.orientation * 2 * Math.PI) / spriteFactors.orientation
  const [cos, sin] = [Math.cos(angle) / size, Math.sin(angle) / size]
  const centre = (index: number, count: number): number => border + ((side - 2 * border) * index) / (count - 1)
  const cx = centre(factors.x, spriteFactors.x)
  const cy = centre(factors.y, spriteFactors.y)
  const data = new Uint8Array(side * side)
  const step = 1 / samplesPerSide
  for (let y = Math.floor(cy - size); y <= cy + size; y++) {
    for (let x = Math.floor(cx - size); x <= cx + size; x++) {
      let hits = 0
      for (let j = 0; j < samplesPerSide; j++) {
        const v = y + (j + 0.5) * step - cy
        for (let i = 0; i < samplesPerSide; i++) {
          const u = x + (i + 0.5) * step - cx
          if (inside(u * cos + v * sin, v * cos - u * sin)) hits++
        }
      }
      data[y * side + x] = Math.round((hits * 255) / samplesPerSide ** 2)
    }
  }
  return { width: side, height: side, channels: 1, data }
}
