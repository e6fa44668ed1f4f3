/** The import's kernel: a source's entries become framed pictures, one outcome an entry, in order. */
import { availableParallelism, cpus } from 'node:os'
import { type ResolvedFraming } from '../../contract/collection'
import { cancelled } from '../../contract/errors'
import { DesignProblem, type DesignOutcome, type DesignSource, type LoadedDesign, type SourceEntry } from '../source'
import { framePicture, framePixels } from './frame-picture'
import { defaultLimits, type PictureLimits } from './limits'

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** Pictures read at a time; default: two a core, at most 16, so that disk and processor work side by side. */
  readonly concurrency?: number
  readonly limits?: PictureLimits
  /** Only these, in this order; default: all of the source's. */
  readonly entries?: Iterable<SourceEntry> | AsyncIterable<SourceEntry>
}

function defaultConcurrency(): number {
  // Older Node has no availableParallelism.
  const cores = typeof availableParallelism === 'function' ? availableParallelism() : cpus().length
  return Math.min(16, Math.max(2, cores * 2))
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
  const { signal, concurrency = defaultConcurrency(), limits = defaultLimits } = options
  const stop = stopOn(signal)
  const reading: Promise<DesignOutcome>[] = []
  try {
    for await (const entry of options.entries ?? source.entries(signal)) {
      if (signal?.aborted) throw cancelled('Reading pictures')
      const outcome = readEntry(source, entry, framing, limits)
      outcome.catch(() => undefined) // it is awaited in its turn, unless the reading was given up before
      reading.push(outcome)
      if (reading.length >= concurrency) yield await stop.wait(reading.shift() as Promise<DesignOutcome>)
    }
    while (reading.length > 0) yield await stop.wait(reading.shift() as Promise<DesignOutcome>)
  } finally {
    stop.forget()
  }
}

/** Reads and frames one entry; its problem is its outcome. */
export async function readEntry(
  source: DesignSource,
  entry: SourceEntry,
  framing: ResolvedFraming,
  limits: PictureLimits = defaultLimits,
): Promise<DesignOutcome> {
  try {
    const use = async (design: LoadedDesign): Promise<DesignOutcome> => {
      const framed =
        design.kind === 'file'
          ? await framePicture({ name: entry.name, data: design.data }, framing, limits)
          : await framePixels(design.picture, framing)
      const attributes = design.attributes ?? entry.attributes
      return { kind: 'picture', entry, hash: design.hash, attributes, ...framed }
    }
    // What is cut to its content first needs more pixels than remain.
    return await source.with(entry, use, framing.fit === 'trim' ? framing.size * 2 : framing.size)
  } catch (error) {
    if (error instanceof DesignProblem) return { kind: 'problem', entry, problem: error.problem }
    throw error
  }
}

/**
 * Ends the wait for a promise when the signal fires. Racing each against one promise that lives as long as the import
 * would keep every outcome alive through it.
 */
function stopOn(signal: AbortSignal | undefined): { wait: <T>(work: Promise<T>) => Promise<T>; forget: () => void } {
  let giveUp: ((error: Error) => void) | undefined
  const listener = (): void => giveUp?.(cancelled('Reading pictures'))
  signal?.addEventListener('abort', listener, { once: true })
  return {
    wait: (work) =>
      new Promise((resolve, reject) => {
        giveUp = reject
        if (signal?.aborted) listener()
        work.then(resolve, reject)
      }),
    forget: () => signal?.removeEventListener('abort', listener),
  }
}
