/** Bad input and faults as the terminal tells them: exit code 1, what happened, what to do, and nothing lost. */
import { copyFile, cp, open, readdir, rename, writeFile } from 'node:fs/promises'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { Database } from '../../src-main/project/database'
import { makeCopies, makeDesigns } from '../fixtures/images/make-folders'
import { headerBomb } from '../fixtures/images/make-pictures'
import { expectTold } from './expect-told'
import { terminalFolder, type Told, varia } from './run-varia'

const folder = terminalFolder()

const designs = (name: string, count: number): Promise<string> => makeDesigns(join(folder(), name), count)
const copies = (name: string, count: number): Promise<string> => makeCopies(join(folder(), name), count)

const make = (name: string, from: string, ...more: string[]): Promise<Told> =>
  varia('new', join(folder(), name), '--from', from, '--size', '32', ...more)

const tiny = '--set network.kind=dense --set network.hidden=[8] --set latent=4 --steps 4 --backend wasm'.split(' ')

describe('a folder', () => {
  test('that is empty, or gone, makes no project', async () => {
    expectTold(await make('one', await designs('empty', 0)), /There is no picture in empty/, /Choose a folder with PNG/)
    expectTold(await make('two', join(folder(), 'gone')), /The folder “.*gone” is not there/, /moved or renamed/)
    expect(['one.varia', 'two.varia'].filter((name) => existsSync(join(folder(), name)))).toEqual([])
  })

  test.each([1, 2])(
    'with %i designs becomes a project, which says that it is too little to learn from',
    async (count) => {
      const name = `few-${String(count)}`
      expect((await make(name, await designs(name, count))).code).toBe(0)
      expectTold(await varia('train', join(folder(), name), ...tiny), /has [12] different pictures?:/, /Add designs/)
      expect((await varia('info', join(folder(), name))).out).toMatch(/\d pictures, 32 x 32 gray, \d held out\n$/)
    },
  )

  test('of 10,000 copies of one design says that they are copies, and that there is nothing to learn', async () => {
    const place = await copies('copies', 10_000)
    expect((await make('copies', place)).out).toMatch(/10,000 pictures, .*, 9999 copies/)
    expectTold(
      await varia('train', join(folder(), 'copies'), ...tiny),
      /has 1 different picture \(9999 more are copies\)/,
      /Add designs until there are at least 8 different ones/,
    )
  })

  test('with a 20,000-pixel picture, a damaged one and a wrong name imports the rest and lists each', async () => {
    const place = await designs('mixed', 3)
    await writeFile(join(place, 'giant.png'), headerBomb(20_000, 20_000))
    await writeFile(join(place, 'empty.jpg'), '')
    await copyFile(join(place, '0.png'), join(place, 'wrong.jpg'))
    const { code, out } = await make('mixed', place)
    expect(code).toBe(0)
    expect(out).toContain('4 pictures')
    expect(out).toMatch(/not imported: giant\.png: .*20000 by 20000 pixels.*make it smaller/)
    expect(out).toMatch(/not imported: empty\.jpg: .*is empty/)
    expect(out).toMatch(/worth knowing: wrong\.jpg: .*holds a PNG/)
    expect((await varia('info', join(folder(), 'mixed'))).out).toMatch(/worth knowing: wrong\.jpg/)
  })

  test('that vanishes during the import leaves a project as it was', async () => {
    expect((await make('kept', await designs('first', 4))).code).toBe(0)
    const place = await copies('second', 3000)
    const [pixels = ''] = await readdir(join(folder(), 'kept.varia', 'collection'))
    const sizeNow = (): number => statSync(join(folder(), 'kept.varia', 'collection', pixels)).size
    const before = sizeNow()
    const added = varia('add', join(folder(), 'kept'), '--from', place)
    await expect.poll(sizeNow, { interval: 2, timeout: 30_000 }).toBeGreaterThan(before)
    await rename(place, `${place}-gone`)
    expectTold(await added, /The folder “.*second” is not there/, /moved or renamed/)
    expect((await varia('info', join(folder(), 'kept'))).out).toContain('4 pictures')
  })
})

test('a table with no matching names stops the import at its start', async () => {
  const table = join(folder(), 'table.csv')
  await writeFile(table, 'file,width\nother.png,3\n')
  const told = await make('table', await designs('named', 3), '--attributes', table)
  expectTold(told, /No line of “table\.csv” names a picture/, /first column, such as “0\.png”/)
  expect(existsSync(join(folder(), 'table.varia'))).toBe(false)
})

describe('a project', () => {
  const project = (): string => join(folder(), 'learned.varia')
  beforeAll(async () => {
    expect((await varia('new', project(), '--from', 'sample:sprites', '--count', '40', '--size', '32')).code).toBe(0)
    expect((await varia('train', project(), ...tiny)).code).toBe(0)
  })

  test('that is open elsewhere can be looked at but not changed', async () => {
    const lock = Database.open(join(project(), 'project.lock'), 'write', { timeout: 0 })
    lock.execute('BEGIN EXCLUSIVE')
    try {
      expectTold(await varia('train', project(), ...tiny), /Another Varia has .* open/, /Close it there/)
      expect((await varia('info', project())).code).toBe(0)
    } finally {
      lock.execute('ROLLBACK')
      lock.close()
    }
  })

  test('of a newer Varia is refused and left alone', async () => {
    const newer = join(folder(), 'newer.varia')
    await cp(project(), newer, { recursive: true })
    const database = Database.open(join(newer, 'project.db'), 'write')
    database.execute('PRAGMA user_version = 99')
    database.close()
    for (const command of ['info', 'train']) {
      expectTold(await varia(command, newer), /saved by a newer Varia \(project format 99/, /Update Varia/)
    }
  })

  test('takes latents of its own size only', async () => {
    const latents = join(folder(), 'latents.csv')
    await writeFile(latents, 'name,z00,z01\na,1,2\n')
    const decode = ['decode', project(), '--latents', latents, '--backend', 'wasm', '--out', join(folder(), 'decoded')]
    expectTold(await varia(...decode), /latents\.csv.*2.*4|2 .*4/s, /\w/)
    expect(existsSync(join(folder(), 'decoded')) ? await readdir(join(folder(), 'decoded')) : []).toEqual([])
  })

  test('whose only checkpoint is corrupt says which file, and still shows what it holds', async () => {
    const run = join(project(), 'runs', '1')
    const files = (await readdir(run)).filter((name) => /^\d+\.safetensors$/.test(name))
    for (const name of files) {
      const file = await open(join(run, name), 'r+')
      await file.write(Buffer.from('damaged'), 0, 7, 2500)
      await file.close()
    }
    // Also to whoever tries once more.
    const made = ['--out', join(folder(), 'made')]
    for (const [command, ...more] of [['map'], ['generate', ...made], ['map']] as const) {
      expectTold(
        await varia(command, project(), '--backend', 'wasm', ...more),
        /checkpoint .*\.safetensors.* is damaged/s,
        /train the run again/,
      )
    }
    expect((await varia('info', project())).out).toContain('40 pictures')
  })
})
