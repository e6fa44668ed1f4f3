import { type Bytes } from '../source'
import { type PictureStack } from '../../contract/binary'
import { type PictureFormat } from '../../contract/export'
import { type Provenance } from '../../contract/variant'

export interface EncodeOptions {
  readonly format: PictureFormat
  /** Of JPEG and WebP, 1..100; default 92. 100 makes WebP lossless. */
  readonly quality?: number
  /** Enlargement by Lanczos, 1..8; default 1. */
  readonly scale?: number
  /** Written into a PNG's text chunk; other formats carry none. */
  readonly provenance?: Provenance
  /** What lies under transparency where the format has none (JPEG); default white. */
  readonly background?: readonly [number, number, number]
  readonly signal?: AbortSignal
}

export const pictureMime: Readonly<Record<PictureFormat, string>> = {
  png: 'image/png',
  webp: 'image/webp',
  jpeg: 'image/jpeg',
}

/** The suffix files of that format carry, without the dot. */
export function suffixOf(format: PictureFormat): string {
  return format === 'jpeg' ? 'jpg' : format
}

/** Encodes the one picture at `index` of a stack as a file's bytes. */
export async function encodePicture(stack: PictureStack, index: number, options: EncodeOptions): Promise<Bytes> {
  throw new Error(`not written yet: ${stack.count} ${index} ${options.format}`)
}
