/** What of a collection a recipe is chosen by. */
import type { PictureShape } from './pictures'

export interface CollectionFacts {
  /** Items to train on. */
  readonly count: number
  readonly shape: PictureShape
  /** Share of values that are within 1/16 of 0 or 1, from 0 to 1; near 1 for line art. */
  readonly binaryShare: number
  /** Pictures a second of training on the standard net (64x64x1, batch 64) measured here; null when not measured. */
  readonly trainingRate: number | null
}
