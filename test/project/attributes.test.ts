import { describe, expect, it } from 'vitest'
import { itemQuery } from '../../src-main/contract/collection'
import { makeProject, open } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('attributes', () => {
  const folder = temporaryFolders()

  it('summarises columns as items come: ranges, labels by frequency, what is missing', async () => {
    const project = await makeProject(folder(), 120)
    expect(project.attributes.columns()).toEqual([
      { name: 'height', kind: 'number', range: [0.5, 60], labels: [], missing: 0 },
      {
        name: 'shape',
        kind: 'category',
        range: null,
        labels: [
          { label: 'Jug', count: 80 },
          { label: 'Bowl', count: 40 },
        ],
        missing: 0,
      },
      {
        name: 'tags',
        kind: 'tags',
        range: null,
        labels: [
          { label: 'Kitchen', count: 60 },
          { label: 'even', count: 60 },
          { label: 'odd', count: 60 },
        ],
        missing: 0,
      },
    ])
    await project.close()
  })

  it('gives one value an item: numbers, and labels by their index', async () => {
    const project = await makeProject(folder(), 4)
    expect(project.attributes.values('height')).toEqual({
      kind: 'number',
      name: 'height',
      values: Float32Array.of(0.5, 1, 1.5, 2),
    })
    expect(project.attributes.values('shape')).toEqual({
      kind: 'category',
      name: 'shape',
      labels: ['Jug', 'Bowl'],
      values: Int32Array.of(0, 0, 1, 0),
    })
    expect(project.attributes.values('tags')).toMatchObject({
      labels: ['Kitchen', 'even', 'odd'],
      values: Int32Array.of(2, 1, 2, 1),
    })
    expect(() => project.attributes.values('weight')).toThrow(expect.objectContaining({ code: 'not-found' }))
    await project.close()
  })

  it('joins new columns to items that are there, and finds them by search', async () => {
    const project = await makeProject(folder(), 4)
    project.attributes.assign(
      [
        { name: 'glaze “blue"', kind: 'category' },
        { name: 'weight', kind: 'number' },
      ],
      new Map([
        [2, { 'glaze “blue"': 'Celadon', weight: 3 }],
        [3, { weight: -1, unknown: 'dropped' }],
      ]),
    )
    expect(project.items.get(2).attributes).toMatchObject({ height: 1, 'glaze “blue"': 'Celadon', weight: 3 })
    expect(project.items.get(3).attributes).not.toHaveProperty('unknown')
    expect(project.attributes.columns().slice(3)).toEqual([
      { name: 'glaze “blue"', kind: 'category', range: null, labels: [{ label: 'Celadon', count: 1 }], missing: 3 },
      { name: 'weight', kind: 'number', range: [-1, 3], labels: [], missing: 2 },
    ])
    expect(project.attributes.values('weight')).toMatchObject({ values: Float32Array.of(NaN, 3, -1, NaN) })
    expect(project.items.query(itemQuery.parse({ search: 'celadon' })).items.map((item) => item.id)).toEqual([2])
    await project.close()
    const again = await open(project.folder)
    expect(again.attributes.columns()).toHaveLength(5)
    await again.close()
  })

  it('widens a column of numbers to labels when labels come, and its old values with it', async () => {
    const project = await makeProject(folder(), 3)
    project.attributes.assign([{ name: 'height', kind: 'category' }], new Map([[1, { height: 'tall' }]]))
    expect(project.attributes.columns()[0]).toMatchObject({
      kind: 'category',
      range: null,
      labels: [
        { label: '1', count: 1 },
        { label: '1.5', count: 1 },
        { label: 'tall', count: 1 },
      ],
    })
    project.attributes.assign([{ name: 'height', kind: 'number' }], new Map([[2, { height: 9 }]]))
    expect(project.items.get(2).attributes.height).toBe('9')
    await project.close()
  })

  it('leaves out numbers that are none', async () => {
    const project = await makeProject(folder(), 2)
    project.attributes.assign(
      [{ name: 'n', kind: 'number' }],
      new Map([
        [1, { n: NaN }],
        [2, { n: 'seven' }],
      ]),
    )
    expect(project.items.get(1).attributes).not.toHaveProperty('n')
    expect(project.items.get(2).attributes).not.toHaveProperty('n')
    await project.close()
  })
})
