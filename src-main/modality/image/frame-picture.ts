/** Framing: a picture of any size and shape becomes a square of the collection's size and channels. */
import { type ResolvedFraming } from '../../contract/collection'
import { type FramedPicture, type LoadedDesign, type RawPicture } from '../source'
import { compose } from './compose'
import { contentBox, type Pixels } from './content-box'
import { type DecodedPicture, decodePicture, type DecodeTarget, type PictureFile } from './decode-picture'
import { defaultLimits, type PictureLimits } from './limits'
import { sharp } from './sharp'

export { channelsOf } from './compose'
export { type PictureFile } from './decode-picture'

/**
 * Decodes a picture file (PNG, JPEG, WebP, AVIF, GIF, TIFF, SVG: by content, not by suffix) off the event loop, turns it
 * upright and to sRGB, and frames it.
 * Throws DesignProblem `image-damaged`, `image-unsupported` or `image-too-large`.
 */
export async function framePicture(
  file: PictureFile,
  framing: ResolvedFraming,
  limits: PictureLimits = defaultLimits,
): Promise<FramedPicture> {
  const decoded = await decodePicture(file, targetOf(framing), limits)
  return finish(decoded, framing, decoded.original, decoded.note)
}

/** Frames pixels that are already there. */
export async function framePixels(picture: RawPicture, framing: ResolvedFraming): Promise<FramedPicture> {
  const target = targetOf(framing)
  const { width, height } = picture
  const isReady =
    target.fit === 'inside' ? Math.max(width, height) === target.size : width === height && width === target.size
  const shrunk = isReady ? picture : await resize(picture, target)
  return finish(shrunk, framing, { width, height }, null)
}

/** A design's pixels at most `size` a side, uncomposed: for looking at what is in it. Throws as {@link framePicture}. */
export async function glimpse(name: string, design: LoadedDesign, size: number): Promise<Pixels> {
  const target: DecodeTarget = { size, fit: 'inside', enlarge: false }
  if (design.kind === 'file') return decodePicture({ name, data: design.data }, target, defaultLimits)
  return resize(design.picture, target)
}

function targetOf(framing: ResolvedFraming): DecodeTarget {
  switch (framing.fit) {
    case 'contain':
      return { size: framing.size, fit: 'inside', enlarge: true }
    case 'cover':
      return { size: framing.size, fit: 'cover', enlarge: true }
    case 'trim':
      // Four times finer than the result, so that a small content still has pixels enough once it is cut out.
      return { size: Math.max(512, framing.size * 4), fit: 'inside', enlarge: false }
  }
}

async function finish(
  picture: Pixels,
  framing: ResolvedFraming,
  original: DecodedPicture['original'],
  note: string | null,
): Promise<FramedPicture> {
  const ready = framing.fit === 'trim' ? await trim(picture, framing) : picture
  return { pixels: compose(ready, framing), width: original.width, height: original.height, note }
}

/** Cuts to the content and fits that into the square less its margin. */
async function trim(picture: Pixels, framing: ResolvedFraming): Promise<Pixels> {
  const inner = Math.max(1, Math.round(framing.size * (1 - 2 * framing.margin)))
  const box = contentBox(picture)
  return resize(picture, { size: inner, fit: 'inside', enlarge: true }, box)
}

async function resize(picture: Pixels, target: DecodeTarget, box?: ReturnType<typeof contentBox>): Promise<Pixels> {
  const { width, height } = picture
  const channels = picture.channels as 1 | 2 | 3 | 4
  const image = sharp(picture.data, { raw: { width, height, channels }, limitInputPixels: false })
  const cut = box === undefined ? image : image.extract({ ...box })
  const { data, info } = await cut
    .resize(target.size, target.size, { fit: target.fit, withoutEnlargement: !target.enlarge, kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}
