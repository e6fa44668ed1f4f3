/**
 * Captions under pictures, set in outlines that come with Varia, so that a sheet looks the same on a machine without any
 * fonts. Characters beyond Latin-1 are left to the system's fonts.
 */
import outlines from '../../../resources/caption-outlines.json'
import { sharp } from '../image/sharp'
import { type Bytes } from '../source'

interface Outline {
  /** Advance width. */
  readonly a: number
  /** SVG path, y up, in font units. */
  readonly d: string
}

const glyphs = outlines.glyphs as Readonly<Record<string, Outline>>
const { unitsPerEm, ascender, descender } = outlines

/** Height of a line of captions set in `fontSize`, in pixels. */
export function captionHeight(fontSize: number): number {
  return Math.ceil((fontSize * (ascender - descender)) / unitsPerEm)
}

/** One caption and where its baseline's middle lies. */
export interface Caption {
  readonly text: string
  readonly x: number
  readonly y: number
  /** Longer captions lose their middle: the beginning names the thing, the end tells it from its neighbours. */
  readonly maxWidth: number
}

/** Draws captions on nothing: RGBA of the size asked for. */
export async function drawCaptions(
  captions: readonly Caption[],
  fontSize: number,
  width: number,
  height: number,
): Promise<Bytes> {
  const scale = fontSize / unitsPerEm
  const parts = captions.map((caption) => {
    const text = shorten(caption.text, caption.maxWidth / scale)
    const left = caption.x - (widthOf(text) * scale) / 2
    return isSetInOutlines(text)
      ? setInOutlines(text, left, caption.y, scale)
      : setInSystemFont(text, caption, fontSize)
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><g fill="#6b6b76">${parts.join('')}</g></svg>`
  const { data, info } = await sharp(Buffer.from(svg), { limitInputPixels: false })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.width !== width || info.height !== height) throw new Error('captions were drawn at another size')
  return new Uint8Array(data)
}

function isSetInOutlines(text: string): boolean {
  return [...text].every((character) => Object.hasOwn(glyphs, character))
}

function widthOf(text: string): number {
  let sum = 0
  for (const character of text) sum += Object.hasOwn(glyphs, character) ? (glyphs[character] as Outline).a : unitsPerEm
  return sum
}

function shorten(text: string, width: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  if (widthOf(characters.join('')) <= width) return characters.join('')
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2)
    const shortened = [...characters.slice(0, head), '…', ...characters.slice(characters.length - (kept - head))].join(
      '',
    )
    if (widthOf(shortened) <= width) return shortened
  }
  return ''
}

function setInOutlines(text: string, left: number, baseline: number, scale: number): string {
  const paths: string[] = []
  let x = left
  for (const character of text) {
    const { a, d } = glyphs[character] as Outline
    if (d !== '') {
      const place = `${x.toFixed(2)} ${baseline.toFixed(2)}`
      paths.push(`<path transform="translate(${place}) scale(${scale.toFixed(6)} ${(-scale).toFixed(6)})" d="${d}"/>`)
    }
    x += a * scale
  }
  return paths.join('')
}

function setInSystemFont(text: string, { x, y }: Caption, fontSize: number): string {
  const escaped = text
    .replace(/[\u0000-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
  return `<text x="${x}" y="${y}" text-anchor="middle" font-family="Inter, sans-serif" font-size="${fontSize}">${escaped}</text>`
}
