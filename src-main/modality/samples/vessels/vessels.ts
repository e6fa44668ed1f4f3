/** Pottery: every vessel drawn from fifteen continuous factors, with its measures as attributes. */
import { createHash } from 'node:crypto'
import { seededRandom } from '../../shuffle'
import { type Attributes, type DesignSource, type SourceEntry } from '../../source'
import { type Sample, type SampleOptions } from '../sample'
import { drawVessel } from './draw-vessel'
import { measure, profileOf, type VesselFactors } from './shape'

/** What the picture's side stands for, so that attributes are in centimetres and litres. */
const pictureHeight = 40

export const vessels: Sample = {
  info: {
    name: 'vessels',
    title: 'Vessels',
    description: 'Pottery from bowl to bottle, glazed, cut out, with height, width, volume and slenderness.',
    count: 3000,
  },
  open: openVessels,
}

function openVessels({ count = vessels.info.count, seed = 1 }: SampleOptions): DesignSource {
  return {
    origin: 'Vessels (sample)',
    attributeNames: ['height', 'width', 'volume', 'slenderness'],
    entries: () => listVessels(count, seed),
    with: (entry, use, size = 128) => {
      const factors = vesselFactors(seed, numberOf(entry.name))
      // The same vessel at another size is the same design.
      const hash = createHash('sha256').update(JSON.stringify(factors)).digest('hex')
      return use({ kind: 'pixels', picture: drawVessel(factors, size), hash })
    },
  }
}

async function* listVessels(count: number, seed: number): AsyncGenerator<SourceEntry> {
  for (let n = 0; n < count; n++) {
    yield {
      name: `vessel-${String(n + 1).padStart(5, '0')}`,
      path: null,
      attributes: attributesOf(vesselFactors(seed, n)),
    }
  }
}

function numberOf(name: string): number {
  return Number(name.slice('vessel-'.length)) - 1
}

function attributesOf(factors: VesselFactors): Attributes {
  const rounded = (value: number): number => Math.round(value * 1000) / 1000
  const { height, width, volume, slenderness } = measure(profileOf(factors), pictureHeight)
  return {
    height: rounded(height),
    width: rounded(width),
    volume: rounded(volume),
    slenderness: rounded(slenderness),
  }
}

/** Glazes that potters use, as hues to scatter about: celadon, cobalt, iron red, ash, chün, tenmoku. */
const glazes = [
  { hue: 155, lightness: 0.76, chroma: 0.055 },
  { hue: 262, lightness: 0.42, chroma: 0.12 },
  { hue: 32, lightness: 0.46, chroma: 0.115 },
  { hue: 85, lightness: 0.8, chroma: 0.075 },
  { hue: 225, lightness: 0.68, chroma: 0.07 },
  { hue: 60, lightness: 0.33, chroma: 0.035 },
  { hue: 190, lightness: 0.56, chroma: 0.075 },
  { hue: 95, lightness: 0.9, chroma: 0.02 },
]

/** The n-th vessel of a seed: its factors depend on nothing else, so that a longer series begins like a shorter one. */
export function vesselFactors(seed: number, n: number): VesselFactors {
  const random = seededRandom(seed * 1_000_003 + n)
  const between = (from: number, to: number): number => from + (to - from) * random()
  /** Roughly normal about 0 with deviation 1: twelve uniform numbers less six. */
  const scatter = (): number => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += random()
    return sum
  }
  const height = between(0.36, 0.86)
  // Tall vessels are slimmer than low ones, as clay and hands have it.
  const belly = Math.min(0.42, Math.max(0.12, between(0.27, 0.7) * (0.42 + 0.25 * (1 - height))))
  const neckHeight = between(0.04, 0.4)
  const glaze = glazes[Math.floor(random() * glazes.length)] as (typeof glazes)[number]
  const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to)
  return {
    height,
    belly,
    bellyAt: between(0.32, 0.82),
    foot: between(0.36, 0.8),
    neck: clamp(between(0.2, 1.05) + 0.25 * (0.45 - height), 0.2, 0.98),
    neckHeight,
    flare: between(0, 0.55) * random(),
    edge: random() ** 2,
    hue: (glaze.hue + 14 * scatter() + 360) % 360,
    lightness: clamp(glaze.lightness + 0.07 * scatter(), 0.24, 0.93),
    chroma: clamp(glaze.chroma + 0.018 * scatter(), 0.008, 0.14),
    clay: random(),
    bare: Math.max(0, between(-0.25, 0.42)),
    gloss: between(0.05, 1),
    band: Math.max(0, between(-1.2, 1)),
  }
}
