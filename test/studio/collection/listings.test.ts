import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPictures } from '../../../src-main/modality/image/open-pictures'
import { type DesignSource } from '../../../src-main/modality/source'
import { Listings } from '../../../src-main/studio/collection/listings'

const { signal } = new AbortController()
let folder = ''
let looked = 0
let listings = new Listings()

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'varia-listing-')), 'designs')
  mkdirSync(join(folder, 'below'), { recursive: true })
  for (const name of ['a.png', 'b.png', 'below/c.png']) writeFileSync(join(folder, name), 'x')
  looked = 0
  listings = new Listings()
})
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

/** Names in the folder as a preview would be given them, with how often the folder was gone through. */
async function names(): Promise<string[]> {
  const opened = await openPictures([folder])
  const counted: DesignSource = {
    ...opened,
    entries: (stop, visit) => {
      looked++
      return opened.entries(stop, visit)
    },
  }
  return (await listings.of(folder, counted, signal)).map(({ name }) => name)
}

/** Times are told coarsely, so only what has rested for a while is believed to have rested. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2100))

describe('a listing', () => {
  test('is kept while its folders are as they were, and made again when one of them changes', async () => {
    await rest()
    const first = await names()
    expect(first).toEqual(['a.png', 'b.png', 'below/c.png'])
    expect(await names()).toEqual(first)
    expect(looked).toBe(1)
    // A change deep down, which the folder at the top does not show.
    writeFileSync(join(folder, 'below/d.png'), 'x')
    expect(await names()).toEqual([...first, 'below/d.png'])
    unlinkSync(join(folder, 'a.png'))
    expect(await names()).toEqual(['b.png', 'below/c.png', 'below/d.png'])
    expect(looked).toBe(3)
  })

  test('of a folder that was written to just now is not trusted', async () => {
    await names()
    await names()
    expect(looked).toBe(2)
  })

  test('of a folder that vanished or was replaced is not given', async () => {
    await rest()
    await names()
    renameSync(folder, `${folder}-gone`)
    await expect(names()).rejects.toMatchObject({ code: 'folder-missing' })
    mkdirSync(folder)
    writeFileSync(join(folder, 'other.png'), 'x')
    utimesSync(folder, 1_600_000_000, 1_600_000_000)
    expect(await names()).toEqual(['other.png'])
  })
})
