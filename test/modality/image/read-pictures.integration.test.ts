import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { framing as framingSchema, type ResolvedFraming } from '../../../src-main/contract/collection'
import { openPictures } from '../../../src-main/modality/image/open-pictures'
import { readPictures } from '../../../src-main/modality/image/read-pictures'
import { resolveFraming } from '../../../src-main/modality/image/resolve-framing'
import { sharp } from '../../../src-main/modality/image/sharp'
import { type DesignOutcome, type DesignSource, type SourceEntry } from '../../../src-main/modality/source'
import { fromPixels, headerBomb, iconSvg, noise, plain } from '../../fixtures/images/make-pictures'

const framing: ResolvedFraming = { ...framingSchema.parse({ size: 32 }), background: '#ffffff', channels: 'rgb' }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varia-pictures-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function put(name: string, data: string | Uint8Array | Promise<Uint8Array>): Promise<void> {
  await mkdir(join(folder, name, '..'), { recursive: true })
  await writeFile(join(folder, name), await data)
}

async function list(source: DesignSource): Promise<SourceEntry[]> {
  const entries = []
  for await (const entry of source.entries()) entries.push(entry)
  return entries
}

async function names(paths: string[] = [folder]): Promise<string[]> {
  return (await list(await openPictures(paths))).map(({ name }) => name)
}

async function readAll(paths: string[] = [folder]): Promise<DesignOutcome[]> {
  const outcomes = []
  for await (const outcome of readPictures(await openPictures(paths), framing)) outcomes.push(outcome)
  return outcomes
}

/** Root may read everything, so it steps down for a moment. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

describe('listing a folder', () => {
  it('finds pictures however deep, in the same order each time, and passes over what is none', async () => {
    const png = await plain(4, 4).png().toBuffer()
    for (const name of [
      'b/z.png',
      'b/a.JPG',
      'a.webp',
      'c/d/e/f.svg',
      '.hidden.png',
      '.git/x.png',
      'notes.txt',
      'data.csv',
      '__MACOSX/._a.png',
      'Old.varia/blobs/a.png',
      'scan.heic',
      'no-suffix',
      'renamed.dat',
    ]) {
      await put(name, name.endsWith('.txt') || name.endsWith('.csv') ? 'name\n' : png)
    }
    expect(await names()).toEqual([
      'a.webp',
      'b/a.JPG',
      'b/z.png',
      'c/d/e/f.svg',
      'no-suffix',
      'renamed.dat',
      'scan.heic',
    ])
  })

  it('survives links that lead in circles, and visits each folder once', async () => {
    await put('a/one.png', plain(4, 4).png().toBuffer())
    await symlink(join(folder, 'a'), join(folder, 'a/again'))
    await symlink(folder, join(folder, 'b'))
    await symlink('loop.png', join(folder, 'loop.png'))
    await symlink(join(folder, 'a/one.png'), join(folder, 'link.png'))
    expect(await names()).toEqual(['a/one.png', 'link.png', 'loop.png'])
    const outcomes = await readAll()
    expect(outcomes.map(({ kind }) => kind)).toEqual(['picture', 'picture', 'problem'])
    expect(outcomes[2]).toMatchObject({ problem: { name: 'loop.png', code: 'image-unreadable' } })
  })

  it('tells two folders and a file apart', async () => {
    await put('x/a.png', 'x')
    await put('y/a.png', 'x')
    expect(await names([join(folder, 'x'), join(folder, 'y'), join(folder, 'x/a.png')])).toEqual([
      'x/a.png',
      'y/a.png',
      'a.png',
    ])
  })

  it('names a folder that is not there', async () => {
    await expect(openPictures([join(folder, 'nowhere')])).rejects.toMatchObject({ code: 'folder-missing' })
  })

  it('stops when it is told to', async () => {
    await put('a.png', 'x')
    const stop = new AbortController()
    stop.abort()
    const listing = (await openPictures([folder])).entries(stop.signal)
    await expect(
      (async () => {
        for await (const entry of listing) expect(entry).toBeUndefined()
      })(),
    ).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('reading a folder', () => {
  it('yields one outcome a file, in order, bad ones by name with the reason', async () => {
    const jpeg = await noise(90, 90).jpeg().toBuffer()
    await put('01 good.png', plain(9, 5).png().toBuffer())
    await put('02 half.jpg', jpeg.subarray(0, jpeg.length >> 1))
    await put('03 empty.png', '')
    await put('04 bomb.png', headerBomb())
    await put('05 text.gif', 'not a picture at all')
    await put('06 other.bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]))
    await put('07 wrong.png', jpeg)
    await put('08 icon.svg', iconSvg)
    const outcomes = await readAll()
    expect(outcomes.map((o) => (o.kind === 'problem' ? o.problem.code : o.note))).toEqual([
      null,
      'image-damaged',
      'image-damaged',
      'image-too-large',
      'image-damaged',
      'image-unsupported',
      '“07 wrong.png” holds a JPEG although its name ends in .png.',
      null,
    ])
    for (const o of outcomes) if (o.kind === 'problem') expect(o.problem.message).toContain(o.problem.name)
    expect(outcomes[0]).toMatchObject({ width: 9, height: 5, entry: { name: '01 good.png' } })
  })

  it('gives the hash of the file’s bytes', async () => {
    const data = await noise(60, 60).png().toBuffer()
    await put('a.png', data)
    const [outcome] = await readAll()
    expect(outcome).toMatchObject({ hash: createHash('sha256').update(data).digest('hex') })
  })

  it('names files and folders that may not be read', async (context) => {
    if (process.platform === 'win32') return context.skip('permissions are of another kind there')
    await put('a.png', 'x')
    await put('closed/b.png', 'x')
    await chmod(folder, 0o755)
    await chmod(join(folder, 'a.png'), 0)
    await chmod(join(folder, 'closed'), 0)
    const outcomes = await asNobody(() => readAll())
    await chmod(join(folder, 'closed'), 0o755)
    expect(outcomes).toMatchObject([
      { problem: { name: 'a.png', code: 'image-unreadable', message: /permissions/ } },
      { problem: { name: 'closed', code: 'image-unreadable', message: /permissions/ } },
    ])
  })

  it('names a file that vanished meanwhile, and goes on', async () => {
    for (const name of ['a.png', 'b.png', 'c.png']) await put(name, plain(4, 4).png().toBuffer())
    const source = await openPictures([folder])
    const entries = await list(source)
    await rm(join(folder, 'b.png'))
    const outcomes = []
    for await (const outcome of readPictures(source, framing, { entries })) outcomes.push(outcome)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['picture', 'problem', 'picture'])
    expect(outcomes[1]).toMatchObject({
      problem: { name: 'b.png', code: 'image-unreadable', message: '“b.png” is no longer there.' },
    })
  })

  it('ends when the folder itself vanished', async () => {
    for (let i = 0; i < 40; i++) await put(`${i}.png`, plain(4, 4).png().toBuffer())
    const source = await openPictures([folder])
    const entries = await list(source)
    await rename(folder, `${folder}-away`)
    try {
      const reading = readPictures(source, framing, { entries })
      await expect(reading.next()).rejects.toMatchObject({ code: 'folder-missing' })
    } finally {
      await rename(`${folder}-away`, folder)
    }
  })

  it('refuses a file of many gigabytes without reading it', async () => {
    await put('huge.png', headerBomb())
    await truncate(join(folder, 'huge.png'), 8 * 2 ** 30)
    expect(await readAll()).toMatchObject([{ problem: { code: 'image-too-large', message: /8192 MB/ } }])
  })

  it('is cancelled within a second, whatever is being decoded', async () => {
    const big = await noise(2500, 2500).png({ compressionLevel: 1 }).toBuffer()
    for (let i = 0; i < 12; i++) await put(`${i}.png`, big)
    const stop = new AbortController()
    const reading = readPictures(await openPictures([folder]), framing, { signal: stop.signal })
    const first = reading.next()
    const from = Date.now()
    stop.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    expect(Date.now() - from).toBeLessThan(1000)
  })

  it('holds a few pictures at a time, however many there are', async () => {
    await put('a.png', noise(400, 400).png().toBuffer())
    const source = await openPictures([folder])
    const [entry] = await list(source)
    const many = function* (): Generator<SourceEntry> {
      for (let i = 0; i < 1500; i++) yield entry as SourceEntry
    }
    let rss = 0
    let n = 0
    for await (const outcome of readPictures(source, framing, { entries: many() })) {
      expect(outcome.kind).toBe('picture')
      if (++n === 300) rss = process.memoryUsage().rss
    }
    // 1,200 further files are 560 MB; what is allowed is the allocator's wavering.
    expect(process.memoryUsage().rss - rss).toBeLessThan(150e6)
  })
})

describe('deciding what auto means', () => {
  it('looks at a file again when it was written again, and only then', async () => {
    await put('a.png', fromPixels(new Array<number>(64).fill(90), 8, 8, 1).png().toBuffer())
    const source = await openPictures([folder])
    const entries = await list(source)
    let opened = 0
    const counting: DesignSource = { ...source, with: (...given) => (opened++, source.with(...given)) }
    const decide = (): Promise<ResolvedFraming> => resolveFraming(counting, entries, framingSchema.parse({}))
    expect((await decide()).channels).toBe('gray')
    expect((await decide()).channels).toBe('gray')
    expect(opened).toBe(1)
    await put('a.png', plain(9, 9).png().toBuffer())
    expect((await decide()).channels).toBe('rgb')
    expect(opened).toBe(2)
  })
})

describe('an SVG reaches nothing outside itself', () => {
  it('neither a file beside it nor a listener on this machine', async () => {
    const requests: string[] = []
    const server = createServer((request, response) => {
      requests.push(request.url ?? '')
      response.end('<svg xmlns="http://www.w3.org/2000/svg"/>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    // A canary in pure green: if any reference were followed, green would be drawn.
    await put('canary.png', plain(24, 24, { r: 0, g: 255, b: 0 }).png().toBuffer())
    await put('canary.txt', 'lime')
    const canary = pathToFileURL(join(folder, 'canary.png')).href
    const secret = pathToFileURL(join(folder, 'canary.txt')).href
    const svg = (content: string, head = ''): string =>
      `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24">${content}</svg>`
    const image = (href: string): string => `<image xlink:href="${href}" width="24" height="24"/>`
    const hostile = [
      svg(image(canary)),
      svg(image('canary.png')),
      svg(image(`${base}/image.png`)),
      svg(`<use href="${base}/use.svg#a"/>`),
      svg(
        `<style>@import url(${base}/import.css); path { fill: url(${base}/fill.svg#a) }</style><path d="M0 0H24V24H0z"/>`,
      ),
      svg(`<script href="${base}/script.js"/><script>fetch("${base}/fetch")</script>`),
      svg('<rect width="24" height="24" fill="&x;"/>', `<!DOCTYPE svg [<!ENTITY x SYSTEM "${secret}">]>`),
      svg('&x;', `<!DOCTYPE svg [<!ENTITY % x SYSTEM "${base}/dtd"> %x;]>`),
      svg('', `<!DOCTYPE svg SYSTEM "${base}/external.dtd">`),
      svg('', `<?xml-stylesheet href="${base}/sheet.css"?>`),
      svg(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${secret}" parse="text"/>`),
      svg(
        `<foreignObject width="24" height="24"><img xmlns="http://www.w3.org/1999/xhtml" src="${base}/img.png"/></foreignObject>`,
      ),
    ]
    for (const [i, content] of hostile.entries()) await put(`hostile/${String(i).padStart(2, '0')}.svg`, content)
    const outcomes = await readAll([join(folder, 'hostile')])
    expect(outcomes).toHaveLength(hostile.length)
    const isGreen = (outcome: DesignOutcome): boolean =>
      outcome.kind === 'picture' &&
      outcome.pixels.some((v, i) => i % 3 === 1 && v > (outcome.pixels[i - 1] as number) + 60)
    expect(outcomes.filter(isGreen)).toEqual([])
    // The renderer alone, without the check before it, doesn't reach out either.
    for (const content of hostile)
      await sharp(Buffer.from(content))
        .png()
        .toBuffer()
        .catch(() => undefined)
    expect(requests).toEqual([])
    await new Promise((resolve) => server.close(resolve))
  })
})
