/** Bad input and faults: each a clear error with a remedy, and nothing lost. Window and terminal share these. */
import { copyFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GrantId } from '../../src-main/contract/project'
import { openWorkbench, tinyRecipe, type Workbench } from './workbench'

let bench: Workbench
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

/** A picture that no other number gives. */
async function picture(folder: string, name: string, number: number): Promise<void> {
  const data = Buffer.from(
    Array.from({ length: 32 * 32 }, (_, index) => (index * 7 + number * 53 + ((number * index) % 91)) % 256),
  )
  await sharp(data, { raw: { width: 32, height: 32, channels: 1 } })
    .png()
    .toFile(join(folder, name))
}

async function folderOf(count: number, name = 'designs'): Promise<string> {
  const folder = join(bench.folder, name)
  await mkdir(folder, { recursive: true })
  for (let number = 0; number < count; number++) await picture(folder, `design-${String(number)}.png`, number)
  return folder
}

function grant(
  path: string,
  purpose: 'import' | 'attributes' | 'latents' | 'export',
  kind: 'file' | 'folder' = 'folder',
): GrantId {
  return bench.studio.grants.grant(path, { kind, purpose })
}

async function importFolder(folder: string, attributes?: GrantId): Promise<void> {
  const { job } = await bench.call('collection.import', {
    source: { kind: 'grants', grants: [grant(folder, 'import')] },
    framing: { size: 32 },
    ...(attributes === undefined ? {} : { attributes }),
  })
  await bench.finished(job)
}

const refused = (code: string) =>
  expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) as string }) as Error

describe('a folder', () => {
  beforeEach(() => bench.call('project.create', { name: 'Faults' }))

  test('that is empty is refused, and the project stays as it was', async () => {
    await expect(importFolder(await folderOf(0))).rejects.toEqual(refused('folder-empty'))
    expect(await bench.call('collection.info')).toBeNull()
  })

  test('that is not there is refused', async () => {
    await expect(importFolder(join(bench.folder, 'nowhere'))).rejects.toEqual(refused('folder-missing'))
  })

  test.each([1, 2])('with %i design imports, and learning from it is refused with what to do', async (count) => {
    await importFolder(await folderOf(count))
    expect(await bench.call('collection.info')).toMatchObject({ count })
    await expect(bench.call('run.start', { recipe: tinyRecipe })).rejects.toEqual(refused('too-few-items'))
    expect(await bench.call('run.list')).toEqual([])
  })

  test('of copies of one design tells that they are copies, and learning is refused', async () => {
    const folder = await folderOf(1)
    for (let copy = 1; copy < 200; copy++)
      await copyFile(join(folder, 'design-0.png'), join(folder, `copy-${String(copy)}.png`))
    await importFolder(folder)
    expect(await bench.call('collection.info')).toMatchObject({ count: 200, duplicates: 199 })
    await expect(bench.call('run.start', { recipe: tinyRecipe })).rejects.toEqual(refused('too-few-items'))
    await expect(bench.call('run.start', { recipe: tinyRecipe })).rejects.toThrow('199 more are copies')
  })

  test('with damaged and foreign files imports the rest and lists each by name with its reason', async () => {
    const folder = await folderOf(5)
    await writeFile(join(folder, 'broken.png'), Buffer.from('\x89PNG\r\n\x1a\nnothing more', 'latin1'))
    await writeFile(join(folder, 'empty.jpg'), '')
    await importFolder(folder)
    const problems = await bench.call('collection.problems')
    expect(problems.map(({ name }) => name).sort()).toEqual(['broken.png', 'empty.jpg'])
    expect(await bench.call('collection.info')).toMatchObject({ count: 5, problems: 2 })
  })

  test('with wrong suffixes and animations takes them, and lists each by name with what was noticed', async () => {
    const folder = await folderOf(3)
    await rename(join(folder, 'design-0.png'), join(folder, 'really-png.jpg'))
    const frames = Buffer.alloc(32 * 64, 40).fill(200, 32 * 32)
    await sharp(frames, { raw: { width: 32, height: 64, channels: 1, pageHeight: 32 } })
      .gif()
      .toFile(join(folder, 'moving.gif'))
    const source = { kind: 'grants' as const, grants: [grant(folder, 'import')] }
    const preview = await bench.call('collection.preview', { source, framing: { size: 32 }, seed: 1 })
    expect(preview.notes.map(({ name }) => name).sort()).toEqual(['moving.gif', 'really-png.jpg'])
    await importFolder(folder)
    expect(await bench.call('collection.info')).toMatchObject({ count: 4, problems: 0, notes: 2 })
    expect(await bench.call('collection.notes')).toEqual([
      { name: 'moving.gif', message: expect.stringContaining('has 2 frames, of which the first was taken') as string },
      {
        name: 'really-png.jpg',
        message: expect.stringContaining('holds a PNG although its name ends in .jpg') as string,
      },
    ])
  })

  test('imported twice with a bad file in it lists that file each time', async () => {
    const folder = await folderOf(2)
    await writeFile(join(folder, 'empty.jpg'), '')
    await importFolder(folder)
    await importFolder(folder)
    expect((await bench.call('collection.problems')).map(({ name }) => name)).toEqual(['empty.jpg', 'empty.jpg'])
  })

  test('that vanishes during the import takes the import back whole, also one that added to a collection', async () => {
    await importFolder(await folderOf(4, 'first'))
    const before = await bench.call('collection.info')
    const folder = await folderOf(300, 'second')
    const { job } = await bench.call('collection.import', {
      source: { kind: 'grants', grants: [grant(folder, 'import')] },
      framing: { size: 32 },
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await rename(folder, `${folder}-gone`)
    // It may have been quick enough to read everything, or find single files gone; then nothing of it is half there.
    const ended = await bench.finished(job).catch((error: unknown) => error)
    const after = await bench.call('collection.info')
    if (ended instanceof Error) expect(after).toEqual(before)
    else expect((after?.count ?? 0) + (after?.problems ?? 0)).toBe(304)
  })

  test('with a 20,000-pixel picture refuses that one by name and with its size, and takes the rest', async () => {
    const folder = await folderOf(3)
    await sharp({ create: { width: 20_000, height: 20_000, channels: 3, background: '#fff' }, limitInputPixels: false })
      .png({ compressionLevel: 1 })
      .toFile(join(folder, 'giant.png'))
    await importFolder(folder)
    expect(await bench.call('collection.info')).toMatchObject({ count: 3 })
    expect(await bench.call('collection.problems')).toEqual([
      {
        name: 'giant.png',
        code: 'image-too-large',
        message: expect.stringMatching(/20000 by 20000 pixels.*make it smaller/) as string,
      },
    ])
  })
})

test('an import that is cancelled stops within a second and leaves nothing of itself', async () => {
  await bench.call('project.create', { name: 'Faults' })
  const { job } = await bench.call('collection.import', {
    source: { kind: 'sample', name: 'sprites', count: 20_000 },
    framing: { size: 32 },
  })
  await new Promise((resolve) => setTimeout(resolve, 400))
  const began = performance.now()
  await bench.call('jobs.cancel', { job })
  expect(performance.now() - began).toBeLessThan(1000)
  expect(await bench.call('collection.info')).toBeNull()
  const place = (await bench.call('project.info'))?.place ?? ''
  const left = await readdir(join(place, 'collection')).catch(() => [])
  expect(left).toEqual([])
})

describe('attributes', () => {
  test('in a table that names no design are refused before anything is imported', async () => {
    await bench.call('project.create', { name: 'Faults' })
    const table = join(bench.folder, 'table.csv')
    await writeFile(table, 'file,width\nother-1.png,3\nother-2.png,4\n')
    const folder = await folderOf(3)
    const file = grant(table, 'attributes', 'file')
    await expect(importFolder(folder, file)).rejects.toEqual(refused('attributes-unmatched'))
    expect(await bench.call('collection.info')).toBeNull()
    await importFolder(folder)
    await expect(bench.call('collection.addAttributes', { file })).rejects.toEqual(refused('attributes-unmatched'))
    expect((await bench.call('collection.info'))?.attributes).toEqual([])
  })

  test('given with the designs tell which rows name none of them', async () => {
    await bench.call('project.create', { name: 'Faults' })
    const table = join(bench.folder, 'table.csv')
    await writeFile(table, 'file,width\ndesign-0.png,3\nghost.png,1\n')
    await importFolder(await folderOf(3), grant(table, 'attributes', 'file'))
    expect(await bench.call('collection.notes')).toEqual([
      { name: 'table.csv', message: '1 row of it names no picture here: “ghost.png”.' },
    ])
  })

  test('of some designs are joined by name, and the rows without a design are told', async () => {
    await bench.call('project.create', { name: 'Faults' })
    await importFolder(await folderOf(3))
    const table = join(bench.folder, 'table.csv')
    await writeFile(table, 'file,width,style\ndesign-0.png,3,round\ndesign-2,5,square\nghost.png,1,none\n')
    const told = await bench.call('collection.addAttributes', { file: grant(table, 'attributes', 'file') })
    expect(told).toMatchObject({ matched: 2, unmatched: ['ghost.png'] })
    expect(told.collection.attributes.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
      ['width', 'number', 1],
      ['style', 'category', 1],
    ])
  })
})

describe('a project', () => {
  test('open in another process can be opened for reading only, and refuses to be changed', async () => {
    await bench.sprites(20)
    const place = (await bench.call('project.info'))?.place ?? ''
    const other = await openWorkbench()
    try {
      const from = {
        kind: 'grant' as const,
        grant: other.studio.grants.grant(place, { kind: 'folder', purpose: 'open-project' }),
      }
      await expect(other.call('project.open', { from })).rejects.toEqual(refused('project-locked'))
      expect(await other.call('project.open', { from, readOnly: true })).toMatchObject({
        readOnly: expect.any(String) as string,
      })
      expect(await other.call('collection.items', {})).toMatchObject({ total: 20 })
      await expect(other.call('run.start', { recipe: tinyRecipe })).rejects.toEqual(refused('project-read-only'))
      await expect(other.call('collection.rate', { ids: [1], rating: 3 })).rejects.toEqual(refused('project-read-only'))
    } finally {
      await other.close()
    }
  })

  test('whose latest checkpoint is corrupt goes on from the one before, and says so when none is whole', async () => {
    await bench.sprites(40)
    const run = await bench.trained({ keepBest: false })
    const { job } = await bench.call('run.continue', { run, length: { steps: 24, epochs: null, minutes: null } })
    await bench.finished(job)
    const info = await bench.call('project.info')
    await bench.call('project.close')
    const folder = join(info?.place ?? '', 'runs', String(run))
    const files = (await readdir(folder)).filter((name) => /^\d+\.safetensors$/.test(name)).sort()
    expect(files.length).toBe(2)
    const flip = async (name: string): Promise<void> => {
      const file = await open(join(folder, name), 'r+')
      const byte = Buffer.alloc(1)
      await file.read(byte, 0, 1, 3000)
      await file.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, 3000)
      await file.close()
    }
    await flip(files[1] ?? '')
    await bench.call('project.open', { from: { kind: 'recent', id: info?.id ?? '' } })
    const point = (await bench.call('latent.random', { run, count: 1, seed: 1 }))[0]
    expect(point?.checkpoint).toBe(`${String(run)}-12`)
    await bench.call('project.close')
    await flip(files[0] ?? '')
    await bench.call('project.open', { from: { kind: 'recent', id: info?.id ?? '' } })
    await expect(bench.call('latent.random', { run, count: 1, seed: 1 })).rejects.toEqual(refused('checkpoint-damaged'))
    expect(await bench.call('collection.items', {})).toMatchObject({ total: 40 })
  })

  test('that was removed is said to be missing, and leaves the open one open', async () => {
    await bench.sprites(12)
    const gone = bench.studio.grants.grant(join(bench.folder, 'Gone.varia'), {
      kind: 'folder',
      purpose: 'open-project',
    })
    await expect(bench.call('project.open', { from: { kind: 'grant', grant: gone } })).rejects.toEqual(
      refused('project-missing'),
    )
    expect((await bench.call('project.info'))?.name).toBe('Sprites')
  })
})

describe('latents', () => {
  test('of the wrong size, or that are no numbers, are refused by name', async () => {
    await bench.sprites(30)
    const run = await bench.trained()
    await expect(bench.call('latent.decode', { run, count: 1, latents: new Float32Array(7) })).rejects.toEqual(
      refused('latent-size'),
    )
    const broken = Float32Array.of(1, NaN, 0, 0)
    await expect(bench.call('latent.decode', { run, count: 1, latents: broken })).rejects.toEqual(
      refused('latents-damaged'),
    )
    const table = join(bench.folder, 'latents.csv')
    await writeFile(table, 'name,z00,z01\na,1,2\n')
    const what = { kind: 'decoded' as const, runId: run, latents: grant(table, 'latents', 'file') }
    const target = { kind: 'grant' as const, grant: grant(join(bench.folder, 'out'), 'export') }
    await expect(bench.call('export.run', { what, target })).rejects.toEqual(refused('latent-size'))
    await writeFile(table, 'name,z00,z01,z02,z03\na,1,2,three,4\n')
    await expect(bench.call('export.run', { what, target })).rejects.toEqual(refused('latents-damaged'))
  })
})

test('exports never write over what is there', async () => {
  await bench.sprites(30)
  const run = await bench.trained()
  const folder = join(bench.folder, 'out')
  const what = { kind: 'generated' as const, runId: run, count: 2 }
  const target = { kind: 'grant' as const, grant: grant(folder, 'export') }
  const first = await bench.call('export.run', { what, target })
  const second = await bench.call('export.run', { what, target })
  expect(new Set([...first.files, ...second.files]).size).toBe(4)
  expect((await readdir(folder)).length).toBe(4)
  const file = join(folder, first.files[0] ?? '')
  const sheet = { ...what, layout: 'sheet' as const }
  const one = { kind: 'grant' as const, grant: grant(file, 'export', 'file') }
  await expect(bench.call('export.run', { what: sheet, target: one })).rejects.toEqual(refused('export-exists'))
  await rm(file)
  expect((await bench.call('export.run', { what: sheet, target: one })).files).toEqual([first.files[0]])
})
