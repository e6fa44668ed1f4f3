import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { uploadLimits, uploadPath, Uploads } from '../../src-main/server/uploads'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'varia-uploads-'))
})
afterEach(() => {
  rmSync(data, { recursive: true, force: true })
})

const text = (content: string): Readable => Readable.from([Buffer.from(content)])

describe('names a browser sends', () => {
  it.each(['a.png', 'chairs/oak/a b.png', 'ÄÖÜ/椅子.svg', 'a..b.png', '.hidden/x.png'])('takes %s', (name) => {
    expect(uploadPath(name).join('/')).toBe(name)
  })

  it.each([
    '',
    '/a.png',
    'a//b.png',
    '../a.png',
    'a/../../b.png',
    'a/./b.png',
    'a/',
    'a\\b.png',
    'C:/a.png',
    'a.png:stream',
    'a\0.png',
    'a\n.png',
    'a.',
    'a /b.png',
    `${'x'.repeat(256)}.png`,
    Array.from({ length: 40 }, () => 'a').join('/'),
  ])('refuses %j', (name) => {
    expect(() => uploadPath(name)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  })
})

describe('uploads', () => {
  it('are staged as they come and granted as one folder', async () => {
    const uploads = await Uploads.open(data)
    const id = await uploads.begin()
    await uploads.add(id, 'chairs/oak/a.png', text('one'))
    await uploads.add(id, 'chairs/b.png', text('two'))
    const [folder, ...others] = await uploads.finish(id)
    expect(others).toEqual([])
    expect(folder).toMatchObject({ name: 'chairs', kind: 'folder' })
    expect(readFileSync(join(folder?.path ?? '', 'oak', 'a.png'), 'utf8')).toBe('one')
    await uploads.close()
    expect(readdirSync(join(data, 'uploads'))).toEqual([])
  })

  it('give files without a folder one by one', async () => {
    const uploads = await Uploads.open(data)
    const id = await uploads.begin()
    await uploads.add(id, 'a.png', text('1'))
    await uploads.add(id, 'b.csv', text('2'))
    const granted = await uploads.finish(id)
    expect(granted.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual(['a.png file', 'b.csv file'])
    await uploads.close()
  })

  it('never write twice to one name', async () => {
    const uploads = await Uploads.open(data)
    const id = await uploads.begin()
    await uploads.add(id, 'a.png', text('1'))
    await expect(uploads.add(id, 'a.png', text('2'))).rejects.toMatchObject({ code: 'EEXIST' })
    await uploads.close()
  })

  it('stop at their limits, leave nothing of what was too much, and count only what stayed', async () => {
    const uploads = await Uploads.open(data, { fileBytes: 10, totalBytes: 15, files: 4 })
    const id = await uploads.begin()
    await expect(uploads.add(id, 'a', text('x'.repeat(11)))).rejects.toMatchObject({ code: 'not-allowed' })
    await uploads.add(id, 'b', text('x'.repeat(9)))
    await expect(uploads.add(id, 'c', text('x'.repeat(7)))).rejects.toMatchObject({ code: 'not-allowed' })
    await uploads.add(id, 'd', text('x'.repeat(6)))
    await expect(uploads.add(id, 'e', text(''))).rejects.toMatchObject({ code: 'not-allowed' })
    expect((await uploads.finish(id)).map(({ name }) => name).sort()).toEqual(['b', 'd'])
    await uploads.close()
  })

  it('are unknown unless begun, and once finished', async () => {
    const uploads = await Uploads.open(data)
    await expect(uploads.add('nonsense', 'a', text(''))).rejects.toMatchObject({ code: 'not-found' })
    const id = await uploads.begin()
    await expect(uploads.finish(id)).rejects.toMatchObject({ code: 'folder-empty' })
    await expect(uploads.add(id, 'a', text(''))).rejects.toMatchObject({ code: 'not-found' })
    await uploads.close()
  })

  it('of a server that was killed are removed by the next, those of a living one are not', async () => {
    // No process has this number: it is above the largest any system here gives.
    const dead = join(data, 'uploads', '999999999-abc')
    const alive = join(data, 'uploads', `${process.pid}-abc`)
    for (const folder of [dead, alive]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(dead, 'left.png'), '')
    const uploads = await Uploads.open(data, uploadLimits)
    expect([existsSync(dead), existsSync(alive)]).toEqual([false, true])
    await uploads.close()
  })
})
