/** Bad input and faults as the terminal tells them: exit code 1, what happened, what to do, and nothing lost. */
import { cp, mkdir, open, readdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { Database } from '../../src-main/project/database'
import { terminalFolder, type Told, varia } from './run-varia'

const folder = terminalFolder()

/** Failed as its user can understand: the message, and below it what to do. */
function expectTold({ code, out, err }: Told, message: RegExp, remedy: RegExp): void {
  expect(code, err).toBe(1)
  expect(out).toBe('')
  expect(err).toMatch(message)
  expect(err).toMatch(remedy)
  expect(err).not.toContain('fault in Varia')
}

/** A folder of pictures, each unlike the others. */
async function designs(name: string, count: number): Promise<string> {
  const place = join(folder(), name)
  await mkdir(place)
  for (let number = 0; number < count; number++) {
    const grey = Buffer.from(Array.from({ length: 1024 }, (_, index) => (index * 7 + number * 53) % 256))
    await sharp(grey, { raw: { width: 32, height: 32, channels: 1 } })
      .png()
      .toFile(join(place, `${String(number)}.png`))
  }
  return place
}

const make = (name: string, from: string, ...more: string[]): Promise<Told> =>
  varia('new', join(folder(), name), '--from', from, '--size', '32', ...more)

const tiny = '--set network.kind=dense --set network.hidden=[8] --set latent=4 --steps 4 --backend wasm'.split(' ')

describe('a folder', () => {
  test('that is empty, or gone, makes no project', async () => {
    expectTold(await make('one', await designs('empty', 0)), /There is no picture in empty/, /Choose a folder with PNG/)
    expectTold(await make('two', join(folder(), 'gone')), /The folder “.*gone” is not there/, /moved or renamed/)
    expect(['one.varia', 'two.varia'].filter((name) => existsSync(join(folder(), name)))).toEqual([])
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
    expectTold(
      await varia('generate', project(), '--backend', 'wasm', '--out', join(folder(), 'made')),
      /checkpoint .*\.safetensors.* is damaged/s,
      /train the run again/,
    )
    expect((await varia('info', project())).out).toContain('40 pictures')
  })
})
