import { type SampleInfo } from '../../contract/collection'
import { type DesignSource } from '../source'

export interface SampleOptions {
  /** How many to draw; the sample's own number when absent. */
  readonly count?: number
  readonly seed?: number
}

/** A collection that comes with Varia. */
export interface Sample {
  readonly info: SampleInfo
  open(options: SampleOptions): DesignSource
}
