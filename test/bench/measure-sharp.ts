/** The peer of the import: a bare loop over sharp that decodes and resizes the same files, four at a time. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { type ImportFigures } from './measure-import'

const [folder = '', side = '64', channels = 'gray'] = process.argv.slice(2)
const size = Number(side)
sharp.cache(false)
sharp.concurrency(1)
const files = readdirSync(folder)
const begun = performance.now()
let next = 0
let bytes = 0

async function loop(): Promise<void> {
  for (let file = files[next++]; file !== undefined; file = files[next++]) {
    // 24-unit icons drawn at the size they are wanted in.
    const density = file.endsWith('.svg') ? { density: (72 * size) / 24 } : {}
    const picture = sharp(join(folder, file), density)
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize(size, size, { fit: 'contain', background: '#ffffff' })
    const { length } = await (channels === 'gray' ? picture.toColourspace('b-w') : picture).raw().toBuffer()
    bytes += length
  }
}

await Promise.all([loop(), loop(), loop(), loop()])
const figures: ImportFigures = {
  pictures: bytes > 0 ? files.length : 0,
  seconds: (performance.now() - begun) / 1000,
  peakMemory: process.resourceUsage().maxRSS * 1024,
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
