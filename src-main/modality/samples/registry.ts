import { type PictureStack } from '../../contract/binary'
import { type SampleInfo } from '../../contract/collection'
import { type DesignSource } from '../source'

export type SampleName = SampleInfo['name']

export interface SampleOptions {
  /** How many to draw; the sample's own number when absent. */
  readonly count?: number
  readonly seed?: number
}

/** The samples that come with Varia, in the order to show them. */
export function listSamples(): SampleInfo[] {
  throw new Error('not written yet')
}

/** A source that draws the sample's designs; the same options draw the same ones. */
export function openSample(name: SampleName, options: SampleOptions = {}): DesignSource {
  throw new Error(`not written yet: ${name} ${String(options.count)}`)
}

/** A few designs of a sample at 64 pixels, RGBA, for the first screen. */
export async function drawSampleMosaic(name: SampleName, count: number, signal?: AbortSignal): Promise<PictureStack> {
  throw new Error(`not written yet: ${name} ${count} ${String(signal?.aborted)}`)
}
