import { spawn } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newestVersion } from '../../src-main/project/migrations'
import { goldenFolder } from './golden-project'
import { canMount, mountReadOnly, mountSmall, unmount } from './mounted-disk'
import { framing, items, makeProject, newRun, open, picture, pictures, state } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe.skipIf(!canMount)('a real disk (needs the right to mount one)', () => {
  const folder = temporaryFolders()

  it('that fills up loses nothing, says so, and goes on when there is room again', async () => {
    const disk = join(folder(), 'disk')
    mountSmall(disk, 6)
    try {
      const options = { checkpointLimits: { reserve: 0, keep: 50 } }
      const project = await makeProject(disk, 20, options)
      project.runs.create(newRun())
      const save = (step: number) =>
        project.checkpoints.save(1, { state: state(step, 60_000), step, epoch: 0, validation: null, best: false })
      let saved = 0
      let failure: unknown = null
      for (let step = 1; step <= 40 && failure === null; step++) {
        await save(step).then(
          () => (saved = step),
          (error: unknown) => (failure = error),
        )
      }
      expect(failure).toMatchObject({ code: 'disk-full' })
      expect((await project.checkpoints.load(1)).state).toEqual(state(saved, 60_000))
      // Small things fail or succeed whole, and the import is taken back.
      const id = await project.imports.begin({ origin: 'More', framing }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'disk-full' })
        return null
      })
      if (id !== null) {
        const append = project.imports.append(id, { items: items(21, 900), pixels: pictures(21, 900) })
        await expect(append).rejects.toMatchObject({ code: 'disk-full' })
        await project.imports.cancel(id)
      }
      expect(project.items.count()).toBe(20)
      rmSync(join(project.folder, 'runs', '1', '000000001.safetensors'))
      rmSync(join(project.folder, 'runs', '1', '000000002.safetensors'))
      await save(100)
      await project.close()
      const again = await open(project.folder, options)
      expect((await again.checkpoints.load(1)).state).toEqual(state(100, 60_000))
      expect(again.items.count()).toBe(20)
      expect(await again.pixels.read([20])).toEqual(picture(20))
      await again.close()
    } finally {
      unmount(disk)
    }
  })

  it('that is read-only can be read, also after a crash, and says why it can’t be written to', async () => {
    const parent = folder()
    const source = join(parent, 'source')
    const project = await makeProject(source, 20)
    project.rename('Not yet in the main file')
    cpSync(project.folder, join(source, 'Crashed.varia'), { recursive: true })
    await project.close()
    // Without the shared memory that nobody could make on such a disk.
    rmSync(join(source, 'Crashed.varia', 'project.db-shm'), { force: true })
    cpSync(goldenFolder(newestVersion()), join(source, 'Golden.varia'), { recursive: true })
    const disk = join(parent, 'disk')
    mountReadOnly(disk, source)
    try {
      for (const [name, count] of [
        ['Vessels.varia', 20],
        ['Crashed.varia', 20],
        ['Golden.varia', 12],
      ] as const) {
        const place = join(disk, name)
        await expect(open(place), name).rejects.toMatchObject({ code: 'project-read-only' })
        const reader = await open(place, { mode: 'read' })
        expect(reader.items.count(), name).toBe(count)
        expect(await reader.pixels.read([count])).toEqual(picture(count))
        if (name === 'Crashed.varia') expect(reader.info().name).toBe('Not yet in the main file')
        await reader.close()
      }
      await expect(open(join(disk, 'New.varia'), { mode: 'create' })).rejects.toMatchObject({
        code: 'project-read-only',
      })
    } finally {
      unmount(disk)
    }
  })
})

describe('another process', () => {
  const folder = temporaryFolders()

  it('that has a project open locks it, lets others read, and frees it when it is killed', async () => {
    const made = await makeProject(folder(), 5)
    await made.close()
    // Loaded by tsx in the same process: killing its command would leave the worker behind.
    const code = ['--import', 'tsx', resolve('test/project/crash-worker.ts'), made.folder, '0']
    const worker = spawn(process.execPath, code, { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await new Promise((ready) => worker.stdout.once('data', ready))
      await expect(open(made.folder)).rejects.toMatchObject({ code: 'project-locked' })
      const reader = await open(made.folder, { mode: 'read' })
      expect(reader.items.count()).toBeGreaterThanOrEqual(5)
      expect(await reader.pixels.read([5])).toEqual(picture(5))
      await reader.close()
      await expect(open(made.folder)).rejects.toMatchObject({ code: 'project-locked' })
    } finally {
      const gone = new Promise((closed) => worker.once('close', closed))
      worker.kill('SIGKILL')
      await gone
    }
    const writer = await open(made.folder)
    expect(writer.runs.get(1)).toBeDefined()
    await writer.close()
    expect(existsSync(join(made.folder, 'project.db'))).toBe(true)
  })
})
