/**
 * A picture file becomes pixels: checked, opened, turned upright, brought to 8-bit sRGB and shrunk, in one pass through
 * libvips on its own threads.
 */
import { type ImportProblem } from '../../contract/collection'
import { DesignProblem } from '../source'
import { Budget } from './budget'
import { checkSvg, SvgRefused } from './check-svg'
import {
  formatOfName,
  formatTitles,
  type PictureFileFormat,
  readableFormats,
  sniffPicture,
  suffixOfName,
} from './formats'
import { type PictureLimits } from './limits'
import { declaredSize } from './pixel-size'
import { sharp } from './sharp'

/** A picture file's bytes, with a name for messages. */
export interface PictureFile {
  readonly name: string
  readonly data: Uint8Array
}

/** How far a picture is shrunk while it is decoded. */
export interface DecodeTarget {
  /** Pixels a side of the square it is fitted to. */
  readonly size: number
  /** inside: the longer side becomes `size`; cover: the shorter does, and the rest is cut at the centre. */
  readonly fit: 'inside' | 'cover'
  /** Whether pictures smaller than that are enlarged. */
  readonly enlarge: boolean
}

/** Straight alpha, 0..255; 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
export interface DecodedPicture {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
  /** Of the whole picture, upright. */
  readonly original: { readonly width: number; readonly height: number }
  readonly note: string | null
}

/** 160 megapixels: about 640 MB where a format must be held whole, far less where it streams. */
const budget = new Budget(160_000_000)

/** Files begin with at most this many bytes of preamble. */
const preamble = 65_536

/** Throws {@link DesignProblem} `image-damaged`, `image-unsupported` or `image-too-large`. */
export async function decodePicture(
  file: PictureFile,
  target: DecodeTarget,
  limits: PictureLimits,
): Promise<DecodedPicture> {
  const { format, gzipped } = recognise(file)
  try {
    const input =
      format === 'svg' ? await openSvg(file.data, gzipped, target, limits) : { data: file.data, options: {} }
    const size = declaredSize(input.data)
    if (size !== null && size.width * size.height > limits.pixels) throw tooManyPixels(file.name, size, limits)
    return await budget.with(size === null ? input.data.length * 8 : size.width * size.height, () =>
      decode(file, format, input, target, limits),
    )
  } catch (error) {
    throw asProblem(error, file.name, format, limits)
  }
}

interface Input {
  readonly data: Uint8Array
  readonly options: { readonly density?: number }
  /** Where the decoder would not tell the original's size. */
  readonly original?: { readonly width: number; readonly height: number }
}

async function decode(
  file: PictureFile,
  format: PictureFileFormat,
  input: Input,
  target: DecodeTarget,
  limits: PictureLimits,
): Promise<DecodedPicture> {
  const image = sharp(input.data, { failOn: 'error', limitInputPixels: limits.pixels, ...input.options })
  // A drawing has told its size already; asking again would parse it twice.
  const { autoOrient: upright, pages = 1 } =
    input.original === undefined ? await image.metadata() : { autoOrient: input.original }
  const pixels = image
    .autoOrient()
    .resize(target.size, target.size, { fit: target.fit, withoutEnlargement: !target.enlarge, kernel: 'lanczos3' })
    .timeout({ seconds: limits.seconds })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { data, info } = await withDeadline(pixels, limits.seconds)
  return {
    data,
    width: info.width,
    height: info.height,
    channels: info.channels,
    original: { width: upright.width, height: upright.height },
    note: noteOn(file.name, format, pages),
  }
}

/** Rasters 4/3 finer than needed and shrinks: edges stay crisp and even. */
const oversampling = 96 / 72

async function openSvg(
  data: Uint8Array,
  gzipped: boolean,
  target: DecodeTarget,
  limits: PictureLimits,
): Promise<Input> {
  const svg = await checkSvg(data, gzipped, limits)
  const natural = svg.size ?? (await sharp(svg.data, { limitInputPixels: limits.pixels }).metadata())
  const side = (target.fit === 'inside' ? Math.max : Math.min)(natural.width, natural.height)
  const density = Math.min(Math.max((72 * oversampling * target.size) / side, 0.01), 100_000)
  const scale = density / 72
  if (natural.width * natural.height * scale * scale > limits.pixels) {
    throw new SvgRefused(
      'image-too-large',
      `it is ${Math.round(natural.width)} by ${Math.round(natural.height)} pixels`,
    )
  }
  const original = { width: Math.max(1, Math.round(natural.width)), height: Math.max(1, Math.round(natural.height)) }
  return { data: svg.data, options: { density }, original }
}

function recognise(file: PictureFile): { format: PictureFileFormat; gzipped: boolean } {
  const { name, data } = file
  if (data.length === 0) throw problem(name, 'image-damaged', 'is empty (0 bytes)')
  const sniffed = sniffPicture(data.subarray(0, preamble))
  if (sniffed?.kind === 'readable') return sniffed
  if (sniffed?.kind === 'other') {
    throw problem(
      name,
      'image-unsupported',
      `is ${sniffed.title}, which Varia does not read; save it as ${readableFormats}`,
    )
  }
  const promised = formatOfName(name)
  throw promised === null
    ? problem(name, 'image-unsupported', `is not a picture that Varia reads; save it as ${readableFormats}`)
    : problem(name, 'image-damaged', `is damaged, or no ${formatTitles[promised]} although its name says so`)
}

function noteOn(name: string, format: PictureFileFormat, pages: number): string | null {
  const promised = formatOfName(name)
  const notes = []
  if (promised !== format) {
    const suffix = suffixOfName(name)
    notes.push(`holds ${article(format)} although its name ends in ${suffix === '' ? 'no suffix' : `.${suffix}`}`)
  }
  if (pages > 1) notes.push(`has ${pages} frames, of which the first was taken`)
  return notes.length === 0 ? null : `“${name}” ${notes.join('; ')}.`
}

function article(format: PictureFileFormat): string {
  return `${format === 'avif' || format === 'svg' ? 'an' : 'a'} ${formatTitles[format]}`
}

/** sharp's own timeout can't interrupt librsvg; this one lets the rest go on meanwhile. */
async function withDeadline<T>(work: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout: ran out of time')), seconds * 1000 + 500)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}

function problem(name: string, code: ImportProblem['code'], predicate: string, cause?: unknown): DesignProblem {
  return new DesignProblem({ name, code, message: `“${name}” ${predicate}.` }, { cause })
}

function tooManyPixels(
  name: string,
  size: { width: number; height: number } | null,
  limits: PictureLimits,
  cause?: unknown,
): DesignProblem {
  const most = `more than the ${Math.round(limits.pixels / 1e6)} megapixels Varia takes`
  const predicate =
    size === null
      ? `has ${most}; make it smaller`
      : `has ${size.width} by ${size.height} pixels, ${most}; make it smaller`
  return problem(name, 'image-too-large', predicate, cause)
}

function asProblem(error: unknown, name: string, format: PictureFileFormat, limits: PictureLimits): DesignProblem {
  if (error instanceof DesignProblem) return error
  if (error instanceof SvgRefused) {
    const verb = {
      'image-damaged': 'is damaged',
      'image-unsupported': 'is not taken',
      'image-too-large': 'is too large',
    }
    return problem(name, error.code, `${verb[error.code]}: ${error.message}`)
  }
  const message = error instanceof Error ? error.message : String(error)
  if (/pixel limit/i.test(message)) return tooManyPixels(name, null, limits, error)
  if (/timeout/i.test(message)) {
    return problem(name, 'image-too-large', `took longer than ${limits.seconds} seconds to decode`, error)
  }
  return problem(
    name,
    'image-damaged',
    `is damaged: its ${formatTitles[format]} data can't be decoded to the end`,
    error,
  )
}
