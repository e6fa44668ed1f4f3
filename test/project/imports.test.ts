import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realDisk } from '../../src-main/project/disk'
import { isHeldOut } from '../../src-main/project/items'
import {
  columns,
  framing,
  hashOf,
  importItems,
  item,
  items,
  makeProject,
  open,
  picture,
  pictures,
  recordBytes,
} from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('importing', () => {
  const folder = temporaryFolders()

  it('keeps pictures and items in the order they came, over several batches and a restart', async () => {
    const project = await makeProject(folder(), 250)
    await project.close()
    const again = await open(project.folder)
    const ids = [250, 1, 101, 100, 7, 7]
    expect(await again.pixels.read(ids)).toEqual(Uint8Array.from(ids.flatMap((id) => [...picture(id)])))
    expect(again.items.get(101)).toMatchObject({
      id: 101,
      name: 'folder/item-101.png',
      width: 201,
      height: 50,
      duplicateOf: null,
      rating: 0,
      attributes: { height: 50.5, shape: 'Jug', tags: ['odd'] },
    })
    expect(again.items.source(101)).toBe('/designs/item-101.png')
    expect(again.collection.info()).toMatchObject({
      origin: 'Designs',
      framing,
      channels: 1,
      count: 250,
      duplicates: 0,
      problems: 0,
      notes: 0,
    })
    await again.close()
  })

  it('holds out about a tenth, chosen by content alone', async () => {
    const project = await makeProject(folder(), 1000)
    const heldOut = project.items.ids('heldOut')
    expect(heldOut.length).toBeGreaterThan(70)
    expect(heldOut.length).toBeLessThan(130)
    expect([...heldOut]).toEqual([...project.items.ids()].filter((id) => isHeldOut(hashOf(picture(id)))))
    expect(project.items.ids('train').length + heldOut.length).toBe(1000)
    expect(project.collection.info()?.heldOut).toBe(heldOut.length)
    await project.close()
  })

  it('finds exact copies, also of items imported earlier, and counts them as it lists them', async () => {
    const project = await makeProject(folder(), 3)
    const id = await project.imports.begin({ origin: 'More', framing })
    const copies = [item(2), item(9), { ...item(9), name: 'again.png' }]
    await project.imports.append(id, {
      items: copies,
      pixels: Uint8Array.from([2, 9, 9].flatMap((n) => [...picture(n)])),
    })
    await project.imports.finish(id)
    expect(project.items.getMany([4, 5, 6]).map((made) => made.duplicateOf)).toEqual([2, null, 5])
    const query = { search: '', sort: 'added', offset: 0, limit: 10 } as const
    expect(project.items.query({ ...query, only: 'duplicates' }).items.map((made) => made.id)).toEqual([2, 4, 5, 6])
    expect(project.collection.info()).toMatchObject({ duplicates: 2, alike: 4 })
    await project.close()
  })

  it('gives collections of the same content the same hash, and others another', async () => {
    const parent = folder()
    const one = await makeProject(join(parent, 'a'), 150)
    const two = await makeProject(join(parent, 'b'), 100)
    const hashOfOne = one.collection.info()?.dataHash
    expect(two.collection.info()?.dataHash).not.toBe(hashOfOne)
    await importItems(two, 101, 50)
    expect(two.collection.info()?.dataHash).toBe(hashOfOne)
    expect(hashOfOne).toMatch(/^[0-9a-f]{64}$/)
    await one.close()
    await two.close()
  })

  it('takes a cancelled first import back whole: another framing can be chosen', async () => {
    const project = await makeProject(folder())
    const id = await project.imports.begin({ origin: 'Designs', framing, columns })
    await project.imports.append(id, { items: items(1, 50), pixels: pictures(1, 50) })
    await project.imports.cancel(id)
    expect(project.collection.info()).toBeNull()
    expect(project.items.count()).toBe(0)
    expect(readdirSync(join(project.folder, 'collection'))).toEqual([])
    const other = { ...framing, size: 64 as const }
    const next = await project.imports.begin({ origin: 'Designs', framing: other })
    await project.imports.append(next, { items: items(1, 2), pixels: new Uint8Array(2 * 64 * 64).fill(9) })
    expect(await project.imports.finish(next)).toMatchObject({ count: 2, framing: other })
    await project.close()
  })

  it('takes a cancelled addition back: items, pictures, attributes, problems', async () => {
    const project = await makeProject(folder(), 50)
    const before = project.collection.info()
    const id = await project.imports.begin({ origin: 'More', framing, columns: [{ name: 'extra', kind: 'category' }] })
    await project.imports.append(id, {
      items: items(51, 70).map((made) => ({ ...made, attributes: { ...made.attributes, extra: 'x' } })),
      pixels: pictures(51, 70),
      problems: [{ name: 'bad.png', code: 'image-damaged', message: 'It ends too early.' }],
    })
    expect(project.collection.info()).toMatchObject({ count: 120, problems: 1 })
    expect(project.attributes.columns().map((column) => column.name)).toContain('extra')
    await project.imports.cancel(id)
    expect(project.collection.info()).toEqual(before)
    const [file] = readdirSync(join(project.folder, 'collection'))
    expect(statSync(join(project.folder, 'collection', file ?? '')).size).toBe(50 * recordBytes)
    await project.close()
  })

  it('lists files that were not imported', async () => {
    const project = await makeProject(folder())
    const problems = [
      { name: 'a.png', code: 'image-damaged', message: 'It ends too early.' },
      { name: 'b.heic', code: 'image-unsupported', message: 'Varia does not read HEIC.' },
    ] as const
    const id = await project.imports.begin({ origin: 'Designs', framing })
    await project.imports.append(id, { items: items(1, 1), pixels: pictures(1, 1), problems: [problems[0]] })
    project.imports.tell(id, [problems[1]])
    expect(await project.imports.finish(id)).toMatchObject({ problems: 2 })
    expect(project.remarks.problems()).toEqual(problems)
    await project.close()
  })

  it('keeps what is worth knowing about files it imported, and forgets it with a cancelled addition', async () => {
    const project = await makeProject(folder())
    const note = { name: 'a.jpg', message: '“a.jpg” holds a PNG although its name ends in .jpg.' }
    const first = await project.imports.begin({ origin: 'Designs', framing })
    await project.imports.append(first, { items: items(1, 1), pixels: pictures(1, 1), notes: [note] })
    expect(await project.imports.finish(first)).toMatchObject({ notes: 1, problems: 0 })
    const second = await project.imports.begin({ origin: 'More', framing })
    project.imports.tell(second, [], [{ name: 'table.csv', message: 'A row names no picture.' }])
    expect(project.remarks.notes()).toHaveLength(2)
    await project.imports.cancel(second)
    expect(project.remarks.notes()).toEqual([note])
    await project.close()
  })

  it('takes an import back later when the disk would not have it at once', async () => {
    let full = false
    const disk = {
      ...realDisk,
      beforeCommit: () => {
        if (full) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
      },
    }
    const project = await makeProject(folder(), 5, { disk })
    const id = await project.imports.begin({ origin: 'More', framing })
    await project.imports.append(id, { items: items(6, 3), pixels: pictures(6, 3) })
    full = true
    await expect(project.imports.cancel(id)).rejects.toThrow()
    full = false
    await importItems(project, 9, 2)
    expect(project.items.getMany([5, 6, 7]).map(({ name }) => name)).toEqual([5, 9, 10].map((n) => item(n).name))
    expect(project.items.count()).toBe(7)
    await project.close()
  })

  it('stops while a disk that fills up still has the room that taking the import back needs', async () => {
    let room = 1e9
    const disk = { ...realDisk, free: () => Promise.resolve(room) }
    const project = await makeProject(folder(), 5, { disk })
    const id = await project.imports.begin({ origin: 'More', framing })
    await project.imports.append(id, { items: items(6, 300), pixels: pictures(6, 300) })
    room = statSync(join(project.folder, 'project.db')).size + 300 * recordBytes
    const append = project.imports.append(id, { items: items(306, 300), pixels: pictures(306, 300) })
    await expect(append).rejects.toMatchObject({ code: 'disk-full' })
    expect(project.items.count()).toBe(305)
    await project.imports.cancel(id)
    expect(project.items.count()).toBe(5)
    await project.close()
  })

  for (const keep of [true, false]) {
    it(`tells of an import that a crash ended, and ${keep ? 'keeps' : 'takes back'} what it brought in`, async () => {
      const project = await makeProject(folder(), 20)
      const before = project.collection.info()?.dataHash
      const id = await project.imports.begin({ origin: 'More', framing })
      await project.imports.append(id, { items: items(21, 7), pixels: pictures(21, 7) })
      await project.close()

      const again = await open(project.folder)
      expect(again.info().interruptedImport).toEqual({ origin: 'More', count: 7 })
      expect(again.collection.info()?.dataHash).not.toBe(before)
      if (keep) again.imports.keepInterrupted()
      else await again.imports.cancel(again.imports.interrupted()?.id ?? 0)
      expect(again.info().interruptedImport).toBeNull()
      expect(again.items.count()).toBe(keep ? 27 : 20)
      expect(again.collection.info()?.dataHash === before).toBe(!keep)
      await again.close()
    })
  }

  it('leaves no collection when nothing could be imported', async () => {
    const project = await makeProject(folder())
    const id = await project.imports.begin({ origin: 'Designs', framing })
    project.imports.tell(id, [{ name: 'a.png', code: 'image-damaged', message: 'It ends too early.' }])
    expect(await project.imports.finish(id)).toBeNull()
    expect(project.collection.info()).toBeNull()
    await project.close()
  })

  it('refuses a second import at the same time, and another framing than the collection has', async () => {
    const project = await makeProject(folder(), 2)
    await expect(project.imports.begin({ origin: 'x', framing: { ...framing, size: 64 } })).rejects.toMatchObject({
      code: 'bad-request',
    })
    const id = await project.imports.begin({ origin: 'x', framing })
    await expect(project.imports.begin({ origin: 'y', framing })).rejects.toMatchObject({ code: 'busy' })
    await project.imports.cancel(id)
    await project.close()
  })

  it('refuses pixels that do not fit their items', async () => {
    const project = await makeProject(folder())
    const id = await project.imports.begin({ origin: 'x', framing })
    await expect(project.imports.append(id, { items: items(1, 2), pixels: pictures(1, 3) })).rejects.toThrow(RangeError)
    await project.imports.cancel(id)
    await project.close()
  })
})
