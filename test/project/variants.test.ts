import { describe, expect, it } from 'vitest'
import { type NewVariant } from '../../src-main/project/variants'
import { makeProject, newRun, open } from './sample-project'
import { temporaryFolders } from './temporary-folder'

const latent = Float32Array.of(9, 0.1, -2, 1e-30, 7).subarray(1, 4)
const made: NewVariant = {
  runId: 1,
  checkpoint: '1-40',
  latent,
  source: { kind: 'random', seed: 3, temperature: 0.5 },
  parent: null,
  picture: { count: 1, width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255) },
}

describe('variants', () => {
  const folder = temporaryFolders()

  it('keeps a latent bit for bit with its picture and where it came from', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    const added = project.variants.add(made)
    expect(added).toMatchObject({ ...made, id: 1, name: 'Variant 1', starred: false, rating: 0, deletedAt: null })
    const child = project.variants.add({
      ...made,
      name: 'Longer neck',
      parent: 1,
      source: { kind: 'edited', from: 'Variant 1' },
    })
    await project.close()
    const again = await open(project.folder)
    expect(again.variants.list()).toEqual([child, added])
    expect(again.variants.get(1).latent).toEqual(Float32Array.from(latent))
    await again.close()
  })

  it('stars, rates and names', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    project.variants.add(made)
    expect(project.variants.change({ id: 1, starred: true })).toMatchObject({
      starred: true,
      name: 'Variant 1',
      rating: 0,
    })
    expect(project.variants.change({ id: 1, name: 'Amphora', rating: 4 })).toMatchObject({
      starred: true,
      name: 'Amphora',
      rating: 4,
    })
    expect(() => project.variants.change({ id: 2, rating: 1 })).toThrow(expect.objectContaining({ code: 'not-found' }))
    await project.close()
  })

  it('brings deleted ones back until the project is closed, then forgets them and keeps their children', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    for (const parent of [null, 1, null]) project.variants.add({ ...made, parent })
    project.variants.delete([1, 3])
    expect(project.variants.list().map((variant) => variant.id)).toEqual([2])
    expect(project.variants.list(true).map((variant) => variant.id)).toEqual([3, 1])
    project.variants.restore([3])
    expect(project.variants.list().map((variant) => variant.id)).toEqual([3, 2])
    expect(() => project.variants.delete([2, 9])).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(project.variants.get(2).deletedAt).toBeNull()
    await project.close()
    const again = await open(project.folder)
    expect(again.variants.list(true)).toEqual([])
    expect(again.variants.get(2).parent).toBeNull()
    expect(again.variants.add(made).id).toBe(4)
    await again.close()
  })
})
