import { type PictureStack } from '../../contract/binary'
import { type Framing, type ImportProblem, type ResolvedFraming } from '../../contract/collection'
import { type DesignSource, type SourceEntry } from '../source'

export interface PicturePreview {
  readonly framing: ResolvedFraming
  readonly names: string[]
  readonly pictures: PictureStack
  readonly problems: ImportProblem[]
}

export interface PreviewOptions {
  readonly count: number
  readonly seed: number
  readonly signal?: AbortSignal
}

/**
 * How `count` random entries would look if they were imported so; the same seed picks the same ones. Pictures that
 * can't be read are told as problems and replaced by others where there are any.
 */
export async function previewPictures(
  source: DesignSource,
  entries: readonly SourceEntry[],
  framing: Framing,
  options: PreviewOptions,
): Promise<PicturePreview> {
  throw new Error(`not written yet: ${source.origin} ${entries.length} ${framing.size} ${options.count}`)
}
