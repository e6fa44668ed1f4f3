/** Which pictures Varia reads, told by their first bytes: a file's suffix is a hint for people, never a fact. */

export const pictureFormats = ['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff', 'svg'] as const
export type PictureFileFormat = (typeof pictureFormats)[number]

export const formatTitles: Readonly<Record<PictureFileFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  svg: 'SVG',
}

/** The formats' names as a sentence can end with them. */
export const readableFormats = 'PNG, JPEG, WebP, AVIF, GIF, TIFF or SVG'

const suffixes: ReadonlyMap<string, PictureFileFormat> = new Map([
  ['png', 'png'],
  ['apng', 'png'],
  ['jpg', 'jpeg'],
  ['jpeg', 'jpeg'],
  ['jpe', 'jpeg'],
  ['jfif', 'jpeg'],
  ['webp', 'webp'],
  ['avif', 'avif'],
  ['gif', 'gif'],
  ['tif', 'tiff'],
  ['tiff', 'tiff'],
  ['svg', 'svg'],
  ['svgz', 'svg'],
])

/** Pictures of kinds that Varia doesn't read: they are counted and named, not passed over in silence. */
const unreadableSuffixes = new Set(
  `3fr ai arw bmp cdr cr2 cr3 cur dcm dds dib dng emf eps exr hdr heic heics heif hif ico icns indd j2c j2k jp2 jpf
   jpx jxl jxr kra nef orf pam pbm pcx pfm pgm pic pnm ppm ps psb psd qoi raf raw rw2 sketch tga wmf xbm xcf xpm`.split(
    /\s+/,
  ),
)

/** A name's suffix in lower case without the dot; empty where there is none. */
export function suffixOfName(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const dot = base.lastIndexOf('.')
  return dot <= 0 ? '' : base.slice(dot + 1).toLowerCase()
}

/** The format a name promises, if it promises one that Varia reads. */
export function formatOfName(name: string): PictureFileFormat | null {
  return suffixes.get(suffixOfName(name)) ?? null
}

/** Whether a name promises a picture, of a kind that Varia reads or not. */
export function looksLikePicture(name: string): boolean {
  const suffix = suffixOfName(name)
  return suffixes.has(suffix) || unreadableSuffixes.has(suffix)
}

/** Bytes that are enough to tell every format but an SVG with a long preamble. */
export const sniffLength = 4096

/** What the first bytes of a file are: a format that Varia reads, the name of another kind, or null for no idea. */
export type Sniffed =
  | { readonly kind: 'readable'; readonly format: PictureFileFormat; readonly gzipped: boolean }
  | { readonly kind: 'other'; readonly title: string }
  | null

/** Tells a file's format by its first bytes. Never throws, whatever they are. */
export function sniffPicture(head: Uint8Array): Sniffed {
  const readable = (format: PictureFileFormat, gzipped = false): Sniffed => ({ kind: 'readable', format, gzipped })
  const other = (title: string): Sniffed => ({ kind: 'other', title })
  const ascii = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))

  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return readable('png')
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return readable('jpeg')
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return readable('webp')
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return readable('gif')
  const order = ascii(0, 4)
  if (order === 'II*\0' || order === 'MM\0*' || order === 'II+\0' || order === 'MM\0+') return readable('tiff')
  if (ascii(4, 8) === 'ftyp') return sniffBrands(head, readable('avif'), other)
  if (head[0] === 0x1f && head[1] === 0x8b) return readable('svg', true)

  if (ascii(0, 2) === 'BM' && head.length >= 26) return other('a BMP picture')
  if (ascii(0, 4) === '8BPS') return other('a Photoshop document')
  if (ascii(0, 4) === '%PDF') return other('a PDF or Illustrator document')
  if (ascii(0, 4) === '%!PS') return other('a PostScript document')
  if (ascii(0, 2) === '\xff\x0a' || ascii(4, 8) === 'JXL ') return other('a JPEG XL picture')
  if (ascii(4, 8) === 'jP  ') return other('a JPEG 2000 picture')
  if (ascii(0, 4) === '\0\0\x01\0') return other('an icon file')
  if (ascii(0, 4) === 'qoif') return other('a QOI picture')
  if (ascii(0, 4) === '\x76\x2f\x31\x01') return other('an OpenEXR picture')
  if (ascii(0, 9) === 'gimp xcf ') return other('a GIMP document')
  return startsWithSvg(head) ? readable('svg') : null
}

/** ISO media files say in `ftyp` what they are; only AV1 still pictures are AVIF. */
function sniffBrands(head: Uint8Array, avif: Sniffed, other: (title: string) => Sniffed): Sniffed {
  const end = Math.min(head.length, ((head[2] ?? 0) << 8) | (head[3] ?? 0), 256)
  const brands = []
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(String.fromCharCode(...head.subarray(at, at + 4)))
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return avif
  if (brands.some((brand) => /^(hei[cxms]|hev[cxm]|mif1|msf1)$/.test(brand))) return other('a HEIC picture')
  return other('a film or sound file')
}

/** Whether text begins like an SVG: after byte order mark, XML declaration, comments and DOCTYPE comes `<svg`. */
function startsWithSvg(head: Uint8Array): boolean {
  const text = decodeHead(head)
  // One pass over what may stand before the root element, each piece anchored to where the last one ended.
  const piece = /\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/y
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (;;) {
    piece.lastIndex = at
    const found = piece.exec(text)
    if (found === null) break
    at += found[0].length
  }
  return /^<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]/.test(text.slice(at, at + 64))
}

function decodeHead(head: Uint8Array): string {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le').decode(head)
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be').decode(head)
  return new TextDecoder('utf-8').decode(head)
}
