import { type Framing, type ResolvedFraming } from '../../contract/collection'
import { type DesignSource, type SourceEntry } from '../source'

/** Entries that stand for all of them: `count`, evenly spread over the listing, the same each time. */
export function spreadSample<T>(entries: readonly T[], count: number): T[] {
  if (entries.length <= count) return [...entries]
  return Array.from({ length: count }, (_, i) => entries[Math.floor(((i + 0.5) * entries.length) / count)] as T)
}

/**
 * Decides what `auto` leaves open, from a sample of the source (see {@link spreadSample}; 64 are plenty): channels from
 * colour and transparency, background from the content or from the borders. Deterministic. Pictures that can't be read
 * have no say.
 */
export async function resolveFraming(
  source: DesignSource,
  sample: readonly SourceEntry[],
  framing: Framing,
  signal?: AbortSignal,
): Promise<ResolvedFraming> {
  throw new Error(`not written yet: ${source.origin} ${sample.length} ${framing.size} ${String(signal?.aborted)}`)
}
