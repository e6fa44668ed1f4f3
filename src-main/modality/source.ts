/** Where designs come from: a folder, files, or a sample that is drawn on demand. All of them stream the same way. */
import { type ImportProblem } from '../contract/collection'

/** Bytes as they cross a process border. */
export type Bytes = Uint8Array

/** What an item carries besides its picture: a number, a category, or tags. */
export type AttributeValue = number | string | string[]
export type Attributes = Readonly<Record<string, AttributeValue>>

/** One design that can be read, before it is. */
export interface SourceEntry {
  /** Unique within the source; a path below the imported folder with `/`, or the name of a drawn design. */
  readonly name: string
  /** The file it lies in, absolute; null where it is drawn. */
  readonly path: string | null
  /** What the source knows about it by itself (tags, factors); often empty. */
  readonly attributes: Attributes
}

/** Pixels before framing: row-major [height, width, channels], 0..255, straight alpha; 1 grey, 3 RGB, 4 RGBA. */
export interface RawPicture {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly data: Uint8Array
}

/** An entry's content: a file's bytes, or pixels that were drawn; with what else is known once it is there. */
export type LoadedDesign =
  | { readonly kind: 'file'; readonly data: Uint8Array; readonly hash: string; readonly attributes?: Attributes }
  | { readonly kind: 'pixels'; readonly picture: RawPicture; readonly hash: string; readonly attributes?: Attributes }

/** Hears of a folder, by its absolute path. */
export type VisitFolder = (folder: string) => Promise<void>

export interface DesignSource {
  /** For people: a folder's name, `3 files`, `Icons (sample)`. */
  readonly origin: string
  /** Columns of attributes its entries have, in the order to show them. */
  readonly attributeNames: readonly string[]
  /**
   * Its entries in an order that is the same each time.
   * `visit` hears of each folder before it is looked into, for whoever wants to know later whether it has changed.
   * Throws VariaError `folder-missing`, or `cancelled` when `signal` fires.
   */
  entries(signal?: AbortSignal, visit?: VisitFolder): AsyncIterable<SourceEntry>
  /**
   * Reads or draws one entry and gives it to `use`; its bytes count against a budget until `use` is done. What can be
   * drawn at any size is drawn at `size` pixels a side.
   * Throws {@link DesignProblem} when that one can't be read, VariaError `folder-missing` when all of them are gone.
   */
  with<T>(entry: SourceEntry, use: (design: LoadedDesign) => Promise<T>, size?: number): Promise<T>
}

/** A picture framed for the collection. */
export interface FramedPicture {
  /** [size, size, channels], 0..255, straight alpha. */
  readonly pixels: Bytes
  /** Of the original, upright, before framing. */
  readonly width: number
  readonly height: number
  /** Something worth knowing that was no obstacle (`a.png holds a JPEG`), else null. */
  readonly note: string | null
}

/** What became of one entry: its framed picture, or why there is none. */
export type DesignOutcome =
  | (FramedPicture & {
      readonly kind: 'picture'
      readonly entry: SourceEntry
      /** SHA-256 of the content, hex: of the file's bytes, or of drawn pixels. */
      readonly hash: string
      readonly attributes: Attributes
    })
  | { readonly kind: 'problem'; readonly entry: SourceEntry; readonly problem: ImportProblem }

/** One entry can't be read; the rest goes on. */
export class DesignProblem extends Error {
  readonly problem: ImportProblem
  constructor(problem: ImportProblem, options?: { cause?: unknown }) {
    super(problem.message, options)
    this.name = 'DesignProblem'
    this.problem = problem
  }
}
