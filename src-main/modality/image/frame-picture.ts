import { type ResolvedFraming } from '../../contract/collection'
import { type FramedPicture, type RawPicture } from '../source'
import { defaultLimits, type PictureLimits } from './limits'

/** A picture file's bytes, with a name for messages. */
export interface PictureFile {
  readonly name: string
  readonly data: Uint8Array
}

/** Channels of a picture framed so. */
export function channelsOf(framing: ResolvedFraming): 1 | 3 | 4 {
  return framing.channels === 'gray' ? 1 : framing.channels === 'rgb' ? 3 : 4
}

/**
 * Decodes a picture file (PNG, JPEG, WebP, AVIF, GIF, TIFF, SVG: by content, not by suffix) off the event loop, turns it
 * upright and to sRGB, and frames it.
 * Throws {@link DesignProblem} `image-damaged`, `image-unsupported` or `image-too-large`.
 */
export async function framePicture(
  file: PictureFile,
  framing: ResolvedFraming,
  limits: PictureLimits = defaultLimits,
): Promise<FramedPicture> {
  throw new Error(`not written yet: ${file.name} ${framing.size} ${limits.pixels}`)
}

/** Frames pixels that are already there. */
export async function framePixels(picture: RawPicture, framing: ResolvedFraming): Promise<FramedPicture> {
  throw new Error(`not written yet: ${picture.width} ${framing.size}`)
}
