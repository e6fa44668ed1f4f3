import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importItems, makeProject, open, picture } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('opening a project', () => {
  const folder = temporaryFolders()

  it('makes a project named after its folder, closes and opens it again', async () => {
    const project = await makeProject(folder())
    const made = project.info()
    expect(made).toMatchObject({ name: 'Vessels', formatVersion: 2, readOnly: null, collection: null, activeRun: null })
    await project.close()
    const again = await open(project.folder)
    expect(again.info()).toEqual(made)
    await again.close()
  })

  it('leaves one database file with nothing beside it in the log, so that the folder can be copied', async () => {
    const parent = folder()
    const project = await makeProject(parent, 20)
    await project.close()
    const names = readdirSync(project.folder)
    expect(names).toContain('project.db')
    const copy = join(parent, 'Copy.varia')
    mkdirSync(join(copy, 'collection'), { recursive: true })
    const { copyFileSync } = await import('node:fs')
    copyFileSync(join(project.folder, 'project.db'), join(copy, 'project.db'))
    for (const name of readdirSync(join(project.folder, 'collection'))) {
      copyFileSync(join(project.folder, 'collection', name), join(copy, 'collection', name))
    }
    const copied = await open(copy)
    expect(copied.items.count()).toBe(20)
    expect(await copied.pixels.read([20])).toEqual(picture(20))
    await copied.close()
  })

  it('tells the second writer that the project is open, and lets it read', async () => {
    const project = await makeProject(folder(), 30)
    await expect(open(project.folder)).rejects.toMatchObject({ code: 'project-locked' })
    const reader = await open(project.folder, { mode: 'read' })
    expect(reader.info().readOnly).toBe('opened for reading only')
    expect(reader.items.count()).toBe(30)
    expect(await reader.pixels.read([3, 1])).toEqual(Uint8Array.from([...picture(3), ...picture(1)]))
    expect(() => reader.rename('Other')).toThrow(expect.objectContaining({ code: 'project-read-only' }))
    await reader.close()
    // A reader that goes takes nothing of the writer's lock with it.
    await expect(open(project.folder)).rejects.toMatchObject({ code: 'project-locked' })
    project.rename('Pots')
    await project.close()
    const next = await open(project.folder)
    expect(next.info().name).toBe('Pots')
    await next.close()
  })

  it('refuses to make a project where something lies', async () => {
    const parent = folder()
    mkdirSync(join(parent, 'Vessels.varia'))
    writeFileSync(join(parent, 'Vessels.varia', 'notes.txt'), 'mine')
    await expect(makeProject(parent)).rejects.toMatchObject({ code: 'project-exists' })
    writeFileSync(join(parent, 'File.varia'), 'mine')
    await expect(open(join(parent, 'File.varia'), { mode: 'create' })).rejects.toMatchObject({ code: 'project-exists' })
    expect(readdirSync(join(parent, 'Vessels.varia'))).toEqual(['notes.txt'])
  })

  it('goes on where the making of a project was interrupted', async () => {
    const parent = folder()
    mkdirSync(join(parent, 'Vessels.varia'))
    writeFileSync(join(parent, 'Vessels.varia', 'project.lock'), '')
    writeFileSync(join(parent, 'Vessels.varia', 'project.db'), '')
    const project = await makeProject(parent)
    await importItems(project, 1, 3)
    await project.close()
  })

  it('says that there is no project in an ordinary folder, for writing and for reading', async () => {
    const parent = folder()
    for (const mode of ['read', 'write'] as const) {
      await expect(open(parent, { mode })).rejects.toMatchObject({ code: 'project-missing' })
      await expect(open(join(parent, 'gone'), { mode })).rejects.toMatchObject({ code: 'project-missing' })
    }
    expect(readdirSync(parent)).toEqual([])
  })

  it.each(['no database at all', 'S'.repeat(100_000)])('calls a database that is none damaged', async (content) => {
    const parent = folder()
    writeFileSync(join(parent, 'project.db'), content)
    for (const mode of ['read', 'write'] as const) {
      const error: unknown = await open(parent, { mode }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'project-damaged' })
    }
  })
})
