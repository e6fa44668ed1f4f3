/**
 * An SVG's text as the renderer may have it: plain UTF-8 without a document type. Whoever controls the encoding or the
 * entities controls what a check sees, so both are settled before anything is looked at.
 */
import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'

const unpack = promisify(gunzip)

/** Why an SVG can't be taken. */
export class SvgRefused extends Error {
  readonly code: 'image-damaged' | 'image-unsupported' | 'image-too-large'
  constructor(code: SvgRefused['code'], reason: string) {
    super(reason)
    this.name = 'SvgRefused'
    this.code = code
  }
}

const encodings = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'latin1'],
  ['iso-8859-15', 'latin1'],
  ['latin1', 'latin1'],
  ['windows-1252', 'latin1'],
  ['utf-16', 'utf-16'],
])

/** Unpacks SVGZ, at most to `maxBytes`. Throws {@link SvgRefused}. */
export async function unpackSvg(data: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    return await unpack(data, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new SvgRefused('image-too-large', `it unpacks to more than ${Math.round(maxBytes / 2 ** 20)} MB`)
    }
    throw new SvgRefused('image-damaged', 'its compressed content is damaged')
  }
}

/** Decodes, drops the XML declaration and the document type, and writes out its entities. Throws {@link SvgRefused}. */
export function readSvgText(data: Uint8Array, maxLength: number): string {
  const text = decode(data).replace(/^\s*<\?xml[^>]*\?>/, '')
  const doctype = findDoctype(text)
  if (doctype === null) return text
  const entities = readEntities(doctype.subset)
  return expand(text.slice(0, doctype.start) + text.slice(doctype.end), entities, maxLength)
}

function decode(data: Uint8Array): string {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const [a, b, c] = data
  if (a === 0xef && b === 0xbb && c === 0xbf) return buffer.toString('utf8', 3)
  if (a === 0xff && b === 0xfe) return buffer.toString('utf16le', 2)
  if (a === 0x3c && b === 0) return buffer.toString('utf16le')
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) {
    const even = Buffer.from(buffer.subarray(a === 0xfe ? 2 : 0, buffer.length & ~1))
    return even.swap16().toString('utf16le')
  }
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(buffer.toString('latin1', 0, 256))?.[1]
  const encoding = encodings.get((declared ?? 'utf-8').toLowerCase())
  if (encoding === undefined || encoding === 'utf-16') {
    throw new SvgRefused('image-unsupported', `it is written in the encoding “${declared ?? ''}”; save it as UTF-8`)
  }
  return buffer.toString(encoding === 'latin1' ? 'latin1' : 'utf8')
}

/** The document type's place, and the declarations between its brackets. */
function findDoctype(text: string): { start: number; end: number; subset: string } | null {
  const start = text.indexOf('<!DOCTYPE')
  if (start < 0) return null
  let depth: '' | '"' | "'" = ''
  let open = -1
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (depth !== '') {
      if (char === depth) depth = ''
    } else if (char === '"' || char === "'") depth = char
    else if (char === '[' && open < 0) open = at + 1
    else if (char === ']' && open >= 0) {
      const close = text.indexOf('>', at)
      if (close < 0) break
      return { start, end: close + 1, subset: text.slice(open, at) }
    } else if (char === '>' && open < 0) return { start, end: at + 1, subset: '' }
  }
  throw new SvgRefused('image-damaged', 'its document type has no end')
}

const maxEntities = 64
const maxEntityLength = 1024

/** Plain internal entities, as drawing programs write them for name spaces; anything cleverer is refused. */
function readEntities(subset: string): Map<string, string> {
  const entities = new Map<string, string>()
  for (const [, body = ''] of subset.matchAll(/<!ENTITY\s([^>]*)>/g)) {
    const plain = /^\s*([A-Za-z_][\w.-]*)\s+(?:"([^"]*)"|'([^']*)')\s*$/.exec(body)
    const value = plain?.[2] ?? plain?.[3]
    if (plain === null || value === undefined) {
      throw new SvgRefused('image-unsupported', 'it declares an entity that refers to something outside the file')
    }
    if (/[&%<]/.test(value) || value.length > maxEntityLength || entities.size >= maxEntities) {
      throw new SvgRefused('image-unsupported', 'it declares entities inside entities')
    }
    entities.set(plain[1] as string, value)
  }
  if (subset.replace(/<!ENTITY\s[^>]*>/g, '').includes('<!ENTITY')) {
    throw new SvgRefused('image-damaged', 'an entity in it has no end')
  }
  return entities
}

function expand(text: string, entities: ReadonlyMap<string, string>, maxLength: number): string {
  if (entities.size === 0) return text
  let length = text.length
  return text.replace(/&([A-Za-z_][\w.-]*);/g, (reference, name: string) => {
    const value = entities.get(name)
    if (value === undefined) return reference
    length += value.length
    if (length > maxLength) throw new SvgRefused('image-too-large', 'its entities unfold to more than Varia takes')
    return value
  })
}
