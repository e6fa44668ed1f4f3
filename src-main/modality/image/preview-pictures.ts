/** How an import would look, before anything is imported. */
import { type PictureStack } from '../../contract/binary'
import { type Framing, type ImportNote, type ImportProblem, type ResolvedFraming } from '../../contract/collection'
import { drawWithoutRepetition, seededRandom } from '../shuffle'
import { type DesignSource, type SourceEntry } from '../source'
import { channelsOf } from './compose'
import { readPictures } from './read-pictures'
import { resolveFraming, spreadSample } from './resolve-framing'

export interface PicturePreview {
  readonly framing: ResolvedFraming
  readonly names: string[]
  readonly pictures: PictureStack
  readonly problems: ImportProblem[]
  readonly notes: ImportNote[]
}

export interface PreviewOptions {
  readonly count: number
  readonly seed: number
  readonly signal?: AbortSignal
}

/** Pictures that `auto` is decided from. */
export const framingSample = 64

/** A preview gives up on finding readable pictures after this many times as many unreadable ones. */
const patience = 4

/**
 * How `count` random entries would look if they were imported so; the same seed picks the same ones. Pictures that
 * can't be read are told as problems and replaced by others where there are any.
 * Throws VariaError `cancelled`, `folder-missing`.
 */
export async function previewPictures(
  source: DesignSource,
  entries: readonly SourceEntry[],
  framing: Framing,
  options: PreviewOptions,
): Promise<PicturePreview> {
  const { count, seed, signal } = options
  const resolved = await resolveFraming(source, spreadSample(entries, framingSample), framing, signal)
  const names: string[] = []
  const pixels: Uint8Array[] = []
  const problems: ImportProblem[] = []
  const notes: ImportNote[] = []
  const stopping = signal === undefined ? {} : { signal }
  for await (const outcome of readPictures(source, resolved, { ...stopping, entries: pick(entries, seed) })) {
    if (outcome.kind === 'picture') {
      names.push(outcome.entry.name)
      pixels.push(outcome.pixels)
      if (outcome.note !== null) notes.push({ name: outcome.entry.name, message: outcome.note })
    } else problems.push(outcome.problem)
    if (pixels.length === count || problems.length >= count * patience) break
  }
  const channels = channelsOf(resolved)
  const data = new Uint8Array(pixels.length * resolved.size ** 2 * channels)
  pixels.forEach((picture, i) => data.set(picture, i * picture.length))
  const pictures = { count: pixels.length, width: resolved.size, height: resolved.size, channels, data }
  return { framing: resolved, names, pictures, problems, notes }
}

function* pick(entries: readonly SourceEntry[], seed: number): Generator<SourceEntry> {
  for (const at of drawWithoutRepetition(entries.length, seededRandom(seed))) yield entries[at] as SourceEntry
}
