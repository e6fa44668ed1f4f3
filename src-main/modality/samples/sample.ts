import { createHash } from 'node:crypto'
import { type SampleInfo } from '../../contract/collection'
import { type DesignSource, type RawPicture } from '../source'

export interface SampleOptions {
  /** How many to draw; the sample's own number when absent. */
  readonly count?: number
  /** Which ones are drawn, where a sample has more than are asked for; default 1. */
  readonly seed?: number
}

/** A collection that comes with Varia. */
export interface Sample {
  readonly info: SampleInfo
  open(options: SampleOptions): DesignSource
}

/** What tells drawn pictures apart: equal pixels are equal content. */
export function hashPixels(picture: RawPicture): string {
  return createHash('sha256')
    .update(`${picture.width}x${picture.height}x${picture.channels}:`)
    .update(picture.data)
    .digest('hex')
}
