/** Pictures as files. */
import { type PictureStack } from '../../contract/binary'
import { type PictureFormat } from '../../contract/export'
import { type Provenance } from '../../contract/variant'
import { sharp } from '../image/sharp'
import { type Bytes } from '../source'
import { enlarge } from './enlarge'
import { type Rgb, white } from './paint'
import { writeProvenance } from './provenance'
import { oneOf } from './stack'

export interface EncodeOptions {
  readonly format: PictureFormat
  /** Of JPEG and WebP, 1..100; default 92. 100 makes WebP lossless. */
  readonly quality?: number
  /** Enlargement by Lanczos, 1..8; default 1. */
  readonly scale?: number
  /** Written into a PNG's text chunk; other formats carry none. */
  readonly provenance?: Provenance
  /** What lies under transparency where the format has none (JPEG); default white. */
  readonly background?: Rgb
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

/** Encodes the one picture at `index` of a stack as a file's bytes. Throws VariaError `cancelled`. */
export async function encodePicture(stack: PictureStack, index: number, options: EncodeOptions): Promise<Bytes> {
  const { format, quality = 92, scale = 1, background = white } = options
  const { width, height, channels, data } = await enlarge(oneOf(stack, index), scale, options.signal)
  const image = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
  switch (format) {
    case 'png': {
      const gray = channels === 1 ? image.toColourspace('b-w') : image
      const png = copy(await gray.png({ compressionLevel: 9 }).toBuffer())
      return options.provenance === undefined ? png : writeProvenance(png, options.provenance)
    }
    case 'webp':
      return copy(await image.webp({ quality, lossless: quality === 100, exact: true }).toBuffer())
    case 'jpeg': {
      const [r, g, b] = background
      const flat = channels === 4 ? image.flatten({ background: { r, g, b } }) : image
      const gray = channels === 1 ? flat.toColourspace('b-w') : flat
      return copy(await gray.jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0' }).toBuffer())
    }
  }
}

/** Bytes of their own: a Buffer may be a piece of a larger one. */
function copy(buffer: Buffer): Bytes {
  return new Uint8Array(buffer)
}
