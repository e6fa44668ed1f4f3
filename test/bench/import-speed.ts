/** Import beside a bare sharp loop over the same files, in turns; and the memory that 20,000 pictures take. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { Random } from '../../src-main/model/random'
import { type ImportFigures } from './measure-import'
import { benchProcess } from './process'
import { median, row, type Row } from './row'

const rounds = 3
const icons = join(dirname(createRequire(import.meta.url).resolve('@mdi/svg/package.json')), 'svg')

/** Photograph-like JPEGs: smooth colour fields with grain, 800 by 600. */
async function drawPhotographs(folder: string, count: number): Promise<void> {
  mkdirSync(folder)
  for (let i = 0; i < count; i++) {
    const random = Random.for(i, 'bench photograph')
    const coarse = Buffer.from(random.uniforms(12 * 9 * 3).map((v) => v * 255))
    const field = await sharp(Uint8Array.from(coarse), { raw: { width: 12, height: 9, channels: 3 } })
      .resize(800, 600, { kernel: 'cubic' })
      .jpeg({ quality: 90 })
      .toBuffer()
    await sharp(field).toFile(join(folder, `${i}.jpg`))
  }
}

async function inTurns(
  folder: string,
  size: number,
  channels: string,
): Promise<{ own: ImportFigures[]; bare: ImportFigures[] }> {
  const own: ImportFigures[] = []
  const bare: ImportFigures[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(await benchProcess<ImportFigures>('./measure-import.ts', [folder, String(size), channels]))
    bare.push(await benchProcess<ImportFigures>('./measure-sharp.ts', [folder, String(size), channels]))
  }
  return { own, bare }
}

const rate = ({ pictures, seconds }: ImportFigures): number => pictures / seconds

export async function importSpeed(): Promise<Row[]> {
  const place = mkdtempSync(join(tmpdir(), 'varia-bench-files-'))
  try {
    const photographs = join(place, 'photographs')
    await drawPhotographs(photographs, 600)
    const many = join(place, 'many')
    mkdirSync(many)
    const names = readdirSync(icons)
    for (let i = 0; i < 20_000; i++) cpSync(join(icons, names[i % names.length] ?? ''), join(many, `${i}.svg`))
    const rows: Row[] = []
    for (const [title, folder, channels] of [
      ['7,447 SVG icons', icons, 'gray'],
      ['600 JPEG photographs', photographs, 'rgb'],
    ] as const) {
      const { own, bare } = await inTurns(folder, 64, channels)
      rows.push(
        row({
          name: `import, ${title}`,
          unit: 'pictures/s',
          better: 'higher',
          varia: median(own.map(rate)),
          peer: median(bare.map(rate)),
          peerName: `bare sharp ${sharp.versions.sharp ?? ''} loop, decode and resize only`,
        }),
      )
    }
    const own = await benchProcess<ImportFigures>('./measure-import.ts', [many, '64', 'gray'])
    const bare = await benchProcess<ImportFigures>('./measure-sharp.ts', [many, '64', 'gray'])
    const megabytes = (figures: ImportFigures): number => figures.peakMemory / 2 ** 20
    rows.push(
      row({
        name: 'peak memory, import of 20,000 pictures',
        unit: 'MiB',
        better: 'lower',
        varia: megabytes(own),
        peer: megabytes(bare),
        peerName: 'bare sharp loop',
        budget: 1536,
      }),
    )
    return rows
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
