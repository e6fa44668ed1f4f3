import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeProject, open, picture, recordBytes } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('the pixel store', () => {
  const folder = temporaryFolders()
  const expected = (ids: readonly number[]): Uint8Array => Buffer.concat(ids.map(picture))
  /** Element by element, `toEqual` takes minutes for megabytes. */
  const expectPictures = (read: Uint8Array, ids: readonly number[]): void => {
    expect(Buffer.compare(read, expected(ids))).toBe(0)
  }

  it.each([
    ['without a cache', 0],
    ['with a cache for a part', 1_500_000],
    ['with a cache for all', 1 << 28],
  ])('reads any ids in any order %s', async (_, pixelBudget) => {
    const project = await makeProject(folder(), 3000, { pixelBudget })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 200 }), async (ids) => {
        expectPictures(await project.pixels.read(ids), ids)
      }),
      { numRuns: 30, seed: 5 },
    )
    const all = Array.from({ length: 3000 }, (_, i) => i + 1)
    expectPictures(await project.pixels.read(all), all)
    expect(project.pixels.cachedBytes).toBeLessThanOrEqual(pixelBudget)
    await project.close()
  })

  it('fills a buffer that is given, and leaves what lies beyond', async () => {
    const project = await makeProject(folder(), 5)
    const into = new Uint8Array(3 * recordBytes).fill(77)
    expect(await project.pixels.read([5, 2], into)).toBe(into)
    expectPictures(into.subarray(0, 2 * recordBytes), [5, 2])
    expect(into.subarray(2 * recordBytes).every((value) => value === 77)).toBe(true)
    await expect(project.pixels.read([1, 2, 3, 4], into)).rejects.toThrow(RangeError)
    await project.close()
  })

  it('refuses ids of no item', async () => {
    const project = await makeProject(folder(), 5)
    for (const id of [0, 6, -1, 1.5, NaN]) await expect(project.pixels.read([1, id])).rejects.toThrow(RangeError)
    await project.close()
  })

  it('says which file lost pictures, and opens the rest of the project', async () => {
    const made = await makeProject(folder(), 200, { pixelBudget: 0 })
    await made.close()
    const [name = ''] = readdirSync(join(made.folder, 'collection'))
    truncateSync(join(made.folder, 'collection', name), 150 * recordBytes)
    const project = await open(made.folder)
    expect(project.notices).toMatchObject([{ code: 'project-damaged', subject: join(made.folder, 'collection', name) }])
    expect(project.items.count()).toBe(200)
    expect(await project.pixels.read([150])).toEqual(picture(150))
    await expect(project.pixels.read([151])).rejects.toMatchObject({ code: 'project-damaged' })
    await project.close()
  })

  it('says when the file of pictures is gone', async () => {
    const made = await makeProject(folder(), 2)
    await made.close()
    const { rmSync } = await import('node:fs')
    rmSync(join(made.folder, 'collection'), { recursive: true })
    const project = await open(made.folder)
    expect(project.notices).toMatchObject([{ code: 'project-damaged' }])
    await expect(project.pixels.read([1])).rejects.toMatchObject({ code: 'project-damaged' })
    await project.close()
  })
})
