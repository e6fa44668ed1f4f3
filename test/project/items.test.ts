import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itemQuery } from '../../src-main/contract/collection'
import { type Project } from '../../src-main/project/project'
import { makeProject } from './sample-project'

describe('items', () => {
  let folder: string
  let project: Project
  const find = (query: Parameters<typeof itemQuery.parse>[0]) => project.items.query(itemQuery.parse(query))
  const idsOf = (query: Parameters<typeof itemQuery.parse>[0]) => find(query).items.map((item) => item.id)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'varia-items-'))
    project = await makeProject(folder, 120)
  })
  afterAll(async () => {
    await project.close()
    rmSync(folder, { recursive: true })
  })

  it('pages through all items and says how many there are', () => {
    expect(find({ offset: 100, limit: 15 })).toMatchObject({ total: 120 })
    expect(idsOf({ offset: 100, limit: 15 })).toEqual(Array.from({ length: 15 }, (_, i) => 101 + i))
    expect(idsOf({ offset: 115, limit: 15 })).toHaveLength(5)
    expect(idsOf({ offset: 500 })).toEqual([])
  })

  it('sorts by name and by rating', () => {
    expect(idsOf({ sort: 'name', limit: 3 })).toEqual([1, 10, 100])
    project.items.rate([40, 41], 3)
    project.items.rate([7], 5)
    expect(idsOf({ sort: 'rating', limit: 4 })).toEqual([7, 40, 41, 1])
    expect(idsOf({ only: 'rated' })).toEqual([7, 40, 41])
  })

  it('searches names, categories and tags, all words, without regard to case', () => {
    expect(idsOf({ search: 'ITEM-12' })).toEqual([12, 120])
    expect(idsOf({ search: 'kitchen bowl', limit: 3 })).toEqual([6, 12, 18])
    expect(idsOf({ search: 'kitchen odd' })).toEqual([])
  })

  it('takes search words literally', () => {
    for (const search of ['%', '_', "'", '"', '\\', 'x%y', ');DROP TABLE item;--'])
      expect(find({ search }).total, search).toBe(0)
  })

  it('lists what is held out', () => {
    expect(idsOf({ only: 'heldOut' })).toEqual([...project.items.ids('heldOut')])
  })

  it('refuses ids that name nothing', () => {
    expect(() => project.items.get(121)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(() => project.items.rate([1, 999], 2)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(project.items.get(1).rating).toBe(0)
  })

  it('names all of them for joining', () => {
    expect([...project.items.names()].slice(0, 2)).toEqual([
      { id: 1, name: 'folder/item-1.png' },
      { id: 2, name: 'folder/item-2.png' },
    ])
  })
})
