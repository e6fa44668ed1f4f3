/**
 * What keeps an SVG from reaching outside itself. librsvg, reading from memory, has no base to resolve a file against and
 * no network; this check stands before it all the same, and it tells the designer what would be missing. A picture that
 * takes part of its content from elsewhere is refused by name. Scripts, style sheets and links elsewhere are never
 * followed and change nothing that is drawn, so they are no reason to refuse a drawing.
 */
import { declaredSize } from './pixel-size'
import { readSvgText, SvgRefused, unpackSvg } from './svg-text'

export { SvgRefused } from './svg-text'

export interface CheckedSvg {
  /** What may be rendered: UTF-8, no document type, nothing outside itself. */
  readonly data: Uint8Array
  /** Size in pixels at 72 dots an inch where the root element says so plainly, else null. */
  readonly size: { readonly width: number; readonly height: number } | null
}

export interface SvgLimits {
  readonly svgBytes: number
  readonly pixels: number
}

/** Elements whose reference is part of what is drawn. */
const drawing = new Set(
  `image feimage use tref pattern lineargradient radialgradient filter textpath mpath include foreignimage`.split(' '),
)

/** Checks an SVG's bytes (packed or not) and makes them safe to render. Throws {@link SvgRefused}. */
export async function checkSvg(file: Uint8Array, gzipped: boolean, limits: SvgLimits): Promise<CheckedSvg> {
  const bytes = gzipped ? await unpackSvg(file, limits.svgBytes) : file
  if (bytes.length > limits.svgBytes) {
    throw new SvgRefused('image-too-large', `its text is longer than ${Math.round(limits.svgBytes / 2 ** 20)} MB`)
  }
  const text = readSvgText(bytes, limits.svgBytes)
  let root: ReadonlyMap<string, string> | null = null
  let embeddedPixels = 0
  for (const element of elements(text)) {
    if (root === null) {
      if (element.name !== 'svg') throw new SvgRefused('image-unsupported', 'its content is XML, but no SVG')
      root = element.attributes
    }
    if (!drawing.has(element.name)) continue
    for (const [key, value] of element.attributes) {
      if (key !== 'href' && !key.endsWith(':href')) continue
      embeddedPixels += checkReference(element.name, value.trim())
      if (embeddedPixels > limits.pixels) {
        throw new SvgRefused('image-too-large', 'the pictures embedded in it have too many pixels')
      }
    }
  }
  if (root === null) throw new SvgRefused('image-damaged', 'there is no drawing in it')
  return { data: Buffer.from(text, 'utf8'), size: plainSize(root) }
}

/** Pixels that a reference embeds; throws when it leads outside. */
function checkReference(element: string, reference: string): number {
  if (reference === '' || reference.startsWith('#')) return 0
  const embedded = /^data:image\/(png|jpe?g|gif|webp)(;[^,]*)?,/i.exec(reference)
  if (embedded === null) {
    const shown = reference.length > 60 ? `${reference.slice(0, 57)}…` : reference
    throw new SvgRefused(
      'image-unsupported',
      element === 'image' || element === 'feimage'
        ? `it shows another picture (${shown}), which Varia does not load; embed that picture`
        : `it takes a part of its drawing from elsewhere (${shown})`,
    )
  }
  const content = reference.slice(embedded[0].length)
  const bytes = /;base64/i.test(embedded[2] ?? '') ? Buffer.from(content, 'base64') : Buffer.from(content, 'latin1')
  const size = declaredSize(bytes)
  if (size === null) throw new SvgRefused('image-damaged', 'a picture embedded in it is damaged')
  return size.width * size.height
}

interface Element {
  /** Local name, lower case. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** Start tags in order of appearance, their attributes with character references resolved. */
function* elements(text: string): Generator<Element> {
  // Each alternative is anchored at a `<` and has one way to match, so the scan is linear.
  const tag =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/[^>]*>|<([^\s/>!?]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|</g
  for (let found = tag.exec(text); found !== null; found = tag.exec(text)) {
    const [whole, name, rest = ''] = found
    if (whole === '<') throw new SvgRefused('image-damaged', 'its markup breaks off')
    if (name === undefined) continue
    const attributes = new Map<string, string>()
    for (const [, key = '', double, single] of rest.matchAll(/([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      attributes.set(key.toLowerCase(), resolveCharacters(double ?? single ?? ''))
    }
    yield { name: name.slice(name.indexOf(':') + 1).toLowerCase(), attributes }
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolveCharacters(value: string): string {
  if (!value.includes('&')) return value
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return Object.hasOwn(named, name) ? (named[name] as string) : whole
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** The root's size where it is plain numbers or pixels, or a view box alone; units and percentages are left to librsvg. */
function plainSize(root: ReadonlyMap<string, string>): { width: number; height: number } | null {
  const width = root.get('width')
  const height = root.get('height')
  if (width === undefined && height === undefined) {
    const box = root
      .get('viewbox')
      ?.trim()
      .split(/[\s,]+/)
      .map(Number)
    if (box === undefined || box.length !== 4) return null
    return positive(box[2] as number, box[3] as number)
  }
  if (!/^\s*[\d.]+(px)?\s*$/.test(width ?? '') || !/^\s*[\d.]+(px)?\s*$/.test(height ?? '')) return null
  return positive(Number.parseFloat(width as string), Number.parseFloat(height as string))
}

function positive(width: number, height: number): { width: number; height: number } | null {
  return width > 0 && height > 0 && Number.isFinite(width * height) ? { width, height } : null
}
