/** The kinds of designs that Varia learns from; one folder and one line here a kind. */
import { type Framing, type ResolvedFraming } from '../contract/collection'
import { framePicture } from './image/frame-picture'
import { openPictures } from './image/open-pictures'
import { previewPictures } from './image/preview-pictures'
import { readPictures } from './image/read-pictures'
import { resolveFraming } from './image/resolve-framing'
import { type DesignSource, type SourceEntry } from './source'

/**
 * What a kind of design must offer. `Wanted` is how its designs are asked to be brought to one form (with `auto` where
 * that is left open), `Settled` the same once it is decided.
 */
export interface Modality<Wanted, Settled> {
  readonly title: string
  /** Files and folders as a source of designs. */
  readonly open: typeof openPictures
  /** Decides what was left open, from a sample; deterministic. */
  readonly settle: (
    source: DesignSource,
    sample: readonly SourceEntry[],
    wanted: Wanted,
    signal?: AbortSignal,
  ) => Promise<Settled>
  /** How some designs would look, before anything is imported. */
  readonly preview: typeof previewPictures
  /** Streams a source's designs in that form: one outcome an entry, memory bounded, cancelled at once. */
  readonly read: typeof readPictures
  /** Brings one file to that form: what was dropped on the editor. */
  readonly readOne: typeof framePicture
}

const image: Modality<Framing, ResolvedFraming> = {
  title: 'Pictures',
  open: openPictures,
  settle: resolveFraming,
  preview: previewPictures,
  read: readPictures,
  readOne: framePicture,
}

export const modalities = { image } as const
export type ModalityName = keyof typeof modalities
