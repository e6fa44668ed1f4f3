import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Database, textOf } from '../../src-main/project/database'
import { realDisk } from '../../src-main/project/disk'
import { type Migration, migrations, newestVersion } from '../../src-main/project/migrations'
import { goldenFolder, goldenLatents, goldenMap, goldenNote, goldenVariant } from './golden-project'
import { item, metric, newRun, open, picture, state } from './sample-project'
import { temporaryFolders } from './temporary-folder'

const newest = newestVersion()
const next: Migration = {
  version: newest + 1,
  apply: (database) => database.execute("ALTER TABLE item ADD COLUMN colour TEXT NOT NULL DEFAULT 'none'"),
}

describe('formats', () => {
  const folder = temporaryFolders()

  function copyOfGolden(format: number): string {
    const place = join(folder(), 'Golden.varia')
    cpSync(goldenFolder(format), place, { recursive: true })
    return place
  }

  it.each([
    { format: 1, mode: 'write' },
    { format: 2, mode: 'write' },
    { format: 2, mode: 'read' },
  ] as const)('opens the golden project of format $format with all that is in it ($mode)', async ({ format, mode }) => {
    const project = await open(copyOfGolden(format), { mode })
    expect(project.notices).toEqual([])
    expect(project.info()).toMatchObject({
      name: 'Golden',
      activeRun: 1,
      collection: { count: 12, origin: 'Designs' },
    })
    for (let n = 1; n <= 12; n++) {
      expect(project.items.get(n)).toMatchObject({
        name: item(n).name,
        attributes: item(n).attributes,
        rating: n === 3 ? 4 : 0,
      })
      expect(await project.pixels.read([n])).toEqual(picture(n))
    }
    // Compared with what is stored, not with today's defaults: those may change, what an old run did may not.
    const database = Database.open(join(project.folder, 'project.db'), 'read')
    const stored = JSON.parse(textOf(database.get('SELECT recipe FROM run WHERE id = 1') ?? {}, 'recipe')) as object
    database.close()
    expect(project.runs.get(1)).toMatchObject({
      recipe: stored,
      reasons: newRun().reasons,
      seed: 7,
      state: 'finished',
      step: 20,
      latest: metric(20),
    })
    expect((await project.checkpoints.load(1)).state).toEqual(state(20))
    expect((await project.checkpoints.load(1, 'best')).state).toEqual(state(10))
    expect(await project.maps.latest(1, 'pca')).toEqual(goldenMap)
    expect(await project.latents.load(1, '1-20')).toEqual(goldenLatents)
    expect(project.variants.list()).toMatchObject([goldenVariant])
    expect(project.recipes.list()).toMatchObject([{ name: 'mine', recipe: stored }])
    expect(project.remarks.notes()).toEqual(format === 1 ? [] : [goldenNote])
    expect(project.history.last('board')).toMatchObject({ label: 'Pin', step: { id: 1 } })
    await project.close()
  })

  it('brings an older project up to date and keeps its database as it was', async () => {
    const place = copyOfGolden(1)
    const list = [...migrations, next]
    const project = await open(place, { migrations: list })
    expect(project.items.get(12).name).toBe(item(12).name)
    await project.close()
    const migrated = Database.open(join(place, 'project.db'), 'read')
    expect(migrated.number('PRAGMA user_version')).toBe(newest + 1)
    expect(migrated.get('SELECT colour FROM item WHERE id = 1')).toMatchObject({ colour: 'none' })
    migrated.close()
    // The backup opens as the project did.
    const restored = join(folder(), 'Restored.varia')
    cpSync(goldenFolder(1), restored, { recursive: true })
    writeFileSync(join(restored, 'project.db'), readFileSync(join(place, 'project.format-1.db')))
    const old = await open(restored)
    expect(old.items.get(12).name).toBe(item(12).name)
    await old.close()
  })

  it('leaves an older project as it was when its migration fails', async () => {
    const place = copyOfGolden(1)
    const broken: Migration = {
      version: newest + 2,
      apply: (database) => {
        database.execute('DELETE FROM variant')
        throw new Error('half-way')
      },
    }
    await expect(open(place, { migrations: [...migrations, next, broken] })).rejects.toThrow('half-way')
    const project = await open(place)
    expect(project.variants.list()).toHaveLength(1)
    await project.close()
  })

  it('changes nothing when the backup before a migration fails', async () => {
    const place = copyOfGolden(1)
    const disk = { ...realDisk, rename: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) }
    await expect(open(place, { migrations: [...migrations, next], disk })).rejects.toMatchObject({ code: 'disk-full' })
    const project = await open(place)
    expect(project.items.count()).toBe(12)
    expect(readdirSync(place).filter((name) => name.includes('unfinished'))).toEqual([])
    await project.close()
  })

  it('does not read an older project that it may not bring up to date', async () => {
    const place = copyOfGolden(1)
    await expect(open(place, { mode: 'read', migrations: [...migrations, next] })).rejects.toMatchObject({
      code: 'project-read-only',
    })
  })

  it.each(['write', 'read'] as const)(
    'refuses a newer project by its version and leaves it alone (%s)',
    async (mode) => {
      const place = copyOfGolden(1)
      const database = Database.open(join(place, 'project.db'), 'write')
      database.execute('PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE)')
      database.close()
      const before = readFileSync(join(place, 'project.db'))
      const error: unknown = await open(place, { mode }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({
        code: 'project-newer',
        message: expect.stringMatching(/format 9.*up to 2/) as unknown,
      })
      expect(readFileSync(join(place, 'project.db')).equals(before)).toBe(true)
    },
  )

  it('calls a database damaged when its pages are', async () => {
    const place = copyOfGolden(1)
    const path = join(place, 'project.db')
    const bytes = readFileSync(path)
    for (let page = 2; page < bytes.length / 4096; page++) bytes.fill(0x5a, page * 4096 + 100, page * 4096 + 2000)
    writeFileSync(path, bytes)
    for (const mode of ['write', 'read'] as const) {
      await expect(open(place, { mode })).rejects.toMatchObject({ code: 'project-damaged' })
    }
  })

  it('opens or refuses a database with any bytes changed, and never crashes', async () => {
    const whole = readFileSync(join(goldenFolder(1), 'project.db'))
    for (let seed = 1; seed <= 25; seed++) {
      const place = copyOfGolden(1)
      const bytes = Buffer.from(whole)
      for (let i = 0; i < 40; i++) bytes[(seed * 48271 * (i + 7)) % bytes.length] = (seed * 31 + i * 17) & 255
      writeFileSync(join(place, 'project.db'), bytes)
      try {
        const project = await open(place)
        try {
          project.info()
        } finally {
          await project.close()
        }
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^project-(damaged|newer)$/) as unknown })
      }
    }
  })
})
