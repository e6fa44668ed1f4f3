import { type ResolvedFraming } from '../../contract/collection'
import { type DesignOutcome, type DesignSource, type SourceEntry } from '../source'
import { type PictureLimits } from './limits'

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** Pictures decoded at a time; default: as many as there are cores, at most 8. */
  readonly concurrency?: number
  readonly limits?: PictureLimits
  /** Only these, in this order; default: all of the source's. */
  readonly entries?: Iterable<SourceEntry> | AsyncIterable<SourceEntry>
}

/**
 * Reads and frames a source's pictures, in the source's order, a few at a time: memory does not grow with their number.
 * Every entry yields one outcome. Throws VariaError `cancelled` within a second of `signal`, `folder-missing` when the
 * folder itself is gone.
 */
export async function* readPictures(
  source: DesignSource,
  framing: ResolvedFraming,
  options: ReadOptions = {},
): AsyncGenerator<DesignOutcome, void, undefined> {
  throw new Error(`not written yet: ${source.origin} ${framing.size} ${String(options.concurrency)}`)
}
