/** The samples that come with Varia; one file and one line here a sample. */
import { type PictureStack } from '../../contract/binary'
import { type SampleInfo } from '../../contract/collection'
import { readPictures } from '../image/read-pictures'
import { spreadSample } from '../image/resolve-framing'
import { type DesignSource, type SourceEntry } from '../source'
import { icons } from './icons'
import { type Sample, type SampleOptions } from './sample'
import { sprites } from './sprites'
import { vessels } from './vessels/vessels'

export { type SampleOptions } from './sample'

export type SampleName = SampleInfo['name']

const samples: Readonly<Record<SampleName, Sample>> = { icons, vessels, sprites }

/** The samples that come with Varia, in the order to show them. */
export function listSamples(): SampleInfo[] {
  return Object.values(samples).map((sample) => sample.info)
}

/** A source that draws the sample's designs; the same options draw the same ones. */
export function openSample(name: SampleName, options: SampleOptions = {}): DesignSource {
  return samples[name].open(options)
}

const mosaicSize = 64

/** A few designs of a sample at 64 pixels, RGBA, for the first screen. Fewer where the sample has fewer. */
export async function drawSampleMosaic(name: SampleName, count: number, signal?: AbortSignal): Promise<PictureStack> {
  const source = openSample(name)
  const entries: SourceEntry[] = []
  for await (const entry of source.entries(signal)) entries.push(entry)
  const framing = {
    size: mosaicSize,
    fit: 'contain',
    margin: 0,
    background: 'transparent',
    channels: 'rgba',
    invert: false,
  } as const
  const pixels: Uint8Array[] = []
  const options = { entries: spreadSample(entries, count), ...(signal === undefined ? {} : { signal }) }
  for await (const outcome of readPictures(source, framing, options)) {
    if (outcome.kind === 'picture') pixels.push(outcome.pixels)
  }
  const data = new Uint8Array(pixels.length * mosaicSize * mosaicSize * 4)
  pixels.forEach((picture, i) => data.set(picture, i * picture.length))
  return { count: pixels.length, width: mosaicSize, height: mosaicSize, channels: 4, data }
}
