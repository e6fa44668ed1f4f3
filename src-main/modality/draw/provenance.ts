/**
 * Varia's settings in a PNG: an iTXt chunk with the keyword `varia`, uncompressed, whose text is JSON in ASCII. Any PNG
 * reader passes over it; Varia finds in it what made the picture.
 */
import { VariaError } from '../../contract/errors'
import { type Provenance, provenance as schema } from '../../contract/variant'
import { type Bytes } from '../source'
import { isIntact, isPng, makeChunk, type PngChunk, pngChunks } from './png-chunks'

const keyword = 'varia'

/** Keyword, its end, no compression (two bytes), no language, no translated keyword. */
const preamble = Uint8Array.from([...[...keyword].map((c) => c.charCodeAt(0)), 0, 0, 0, 0, 0])

/** Longer texts are not looked at: a latent of 65,536 numbers stays below. */
const maxText = 2 * 1024 * 1024
const maxLatent = 65_536

/** The same PNG with Varia's settings in it, in place of any that were there. Throws when it is no PNG: a bug. */
export function writeProvenance(png: Uint8Array, provenance: Provenance): Bytes {
  const json = JSON.stringify(schema.parse(provenance))
  const ascii = json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const text = new Uint8Array(preamble.length + ascii.length)
  text.set(preamble)
  for (let i = 0; i < ascii.length; i++) text[preamble.length + i] = ascii.charCodeAt(i)
  const ours = makeChunk('iTXt', text)
  const chunks = [...pngChunks(png)]
  if (chunks.at(-1)?.type !== 'IEND' || chunks[0]?.type !== 'IHDR') throw new Error('this is no whole PNG')
  const kept = chunks.filter((chunk) => !isOurs(chunk)).map((chunk) => png.subarray(chunk.start, chunk.end))
  // Right after the header, where readers that stop at the pixels still see it.
  const parts = [png.subarray(0, 8), kept[0] as Uint8Array, ours, ...kept.slice(1)]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** The settings a PNG carries; null where it carries none, or none that can be read. Never throws, whatever the bytes. */
export function findProvenance(data: Uint8Array): Provenance | null {
  for (const chunk of pngChunks(data)) {
    if (!isOurs(chunk)) continue
    if (chunk.data.length > preamble.length + maxText || !isIntact(data, chunk)) return null
    return parse(chunk.data.subarray(preamble.length))
  }
  return null
}

/** The settings a PNG carries. Throws VariaError `provenance-missing` where there are none. */
export function readProvenance(data: Uint8Array, name: string): Provenance {
  const found = findProvenance(data)
  if (found !== null) return found
  throw new VariaError({
    code: 'provenance-missing',
    message: isPng(data)
      ? `“${name}” carries no settings of Varia’s.`
      : `“${name}” is not a PNG, and only PNGs carry Varia’s settings.`,
    remedy: 'Use the PNG as Varia exported it: other programs drop the settings when they save it again.',
    subject: name,
  })
}

function isOurs(chunk: PngChunk): boolean {
  return chunk.type === 'iTXt' && preamble.every((byte, i) => chunk.data[i] === byte)
}

function parse(text: Uint8Array): Provenance | null {
  try {
    const found = schema.safeParse(JSON.parse(Buffer.from(text).toString('utf8')))
    return found.success && found.data.latent.length <= maxLatent ? found.data : null
  } catch {
    return null // not JSON
  }
}
