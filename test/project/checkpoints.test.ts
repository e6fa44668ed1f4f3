import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realDisk } from '../../src-main/project/disk'
import { type Project } from '../../src-main/project/project'
import { makeProject, newRun, open, state } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('checkpoints', () => {
  const folder = temporaryFolders()

  async function withRun(
    options: Parameters<typeof makeProject>[2] = {},
  ): Promise<{ project: Project; run: number; files: () => string[] }> {
    const project = await makeProject(folder(), 0, options)
    const run = project.runs.create(newRun()).id
    return { project, run, files: () => readdirSync(join(project.folder, 'runs', String(run))) }
  }
  const save = (project: Project, run: number, step: number, best = false) =>
    project.checkpoints.save(run, {
      state: state(step),
      step,
      epoch: step / 10,
      validation: best ? 600 - step : null,
      best,
    })

  it('gives back a training state bit for bit, also after a restart', async () => {
    const { project, run } = await withRun()
    const saved = await save(project, run, 120)
    expect(saved).toMatchObject({ id: `${run}-120`, runId: run, step: 120, epoch: 12, validation: null, best: false })
    await project.close()
    const again = await open(project.folder)
    const loaded = await again.checkpoints.load(run)
    expect(loaded.info).toEqual(saved)
    expect(loaded.state).toEqual(state(120))
    expect(loaded.passedOver).toEqual([])
    expect(loaded.metadata).toMatchObject({
      run: '1',
      step: '120',
      epoch: '12',
      seed: '7',
      varia: '0.1.0',
      dataHash: 'abc',
    })
    expect(JSON.parse(loaded.metadata.recipe ?? '')).toEqual(again.runs.get(run).recipe)
    await again.close()
  })

  it('keeps the last few and the best', async () => {
    const { project, run, files } = await withRun({ checkpointLimits: { keep: 3 } })
    for (let step = 1; step <= 8; step++) await save(project, run, step, step === 2)
    expect(project.checkpoints.list(run).map((info) => info.step)).toEqual([8, 7, 6, 2])
    expect(files()).toHaveLength(4)
    expect(project.checkpoints.best(run)?.step).toBe(2)
    expect(project.runs.get(run).checkpoint?.step).toBe(2)
    expect((await project.checkpoints.load(run, 'best')).state).toEqual(state(2))
    await save(project, run, 9, true)
    expect(project.checkpoints.list(run).map((info) => [info.step, info.best])).toEqual([
      [9, true],
      [8, false],
      [7, false],
    ])
    await project.close()
  })

  it('stays within its budget of bytes, but never below two and the best', async () => {
    const { project, run } = await withRun({ checkpointLimits: { keep: 10, budget: 1 } })
    for (let step = 1; step <= 5; step++) await save(project, run, step, step === 1)
    expect(project.checkpoints.list(run).map((info) => info.step)).toEqual([5, 4, 1])
    await project.close()
  })

  it('falls back to the one before when any byte of a checkpoint has changed, and names the file', async () => {
    const { project, run } = await withRun()
    await save(project, run, 1)
    await save(project, run, 2)
    await project.close()
    const path = join(project.folder, 'runs', String(run), '000000002.safetensors')
    const whole = readFileSync(path)
    const header = 8 + Number(whole.readBigUInt64LE(0))
    // The length, the header from end to end, each tensor, the last byte.
    const places = [
      0,
      3,
      7,
      8,
      20,
      60,
      header >> 1,
      header - 1,
      header,
      header + 9,
      whole.length - 300,
      whole.length - 1,
    ]
    for (let i = 0; i < 40; i++) places.push(Math.floor((i * whole.length) / 40))
    for (const place of new Set(places)) {
      const damaged = Buffer.from(whole)
      damaged[place] = (damaged[place] ?? 0) ^ 4
      writeFileSync(path, damaged)
      const reader = await open(project.folder, { mode: 'read' })
      const loaded = await reader.checkpoints.load(run)
      expect(loaded.info.step, `byte ${place}`).toBe(1)
      expect(loaded.state).toEqual(state(1))
      expect(loaded.passedOver, `byte ${place}`).toMatchObject([{ code: 'checkpoint-damaged', subject: path }])
      await reader.close()
    }
    const writer = await open(project.folder)
    expect((await writer.checkpoints.load(run)).info.step).toBe(1)
    // Known from then on.
    expect(writer.checkpoints.list(run).map((info) => info.step)).toEqual([1])
    expect((await writer.checkpoints.load(run)).passedOver).toEqual([])
    await writer.close()
  })

  it('says so when no checkpoint is whole, and when there never was one', async () => {
    const { project, run } = await withRun()
    await expect(project.checkpoints.load(run)).rejects.toMatchObject({ code: 'checkpoint-missing' })
    await save(project, run, 1)
    truncateSync(join(project.folder, 'runs', String(run), '000000001.safetensors'), 100)
    const damaged = { code: 'checkpoint-damaged', message: expect.stringContaining('000000001.safetensors') as string }
    await expect(project.checkpoints.load(run)).rejects.toMatchObject(damaged)
    // Nor does it become a run without any by being asked once more.
    await expect(project.checkpoints.load(run)).rejects.toMatchObject(damaged)
    await expect(project.checkpoints.load(run, { id: '1-1' })).rejects.toMatchObject({ code: 'checkpoint-damaged' })
    await expect(project.checkpoints.load(run, { id: '../x' })).rejects.toMatchObject({ code: 'checkpoint-missing' })
    await project.close()
  })

  it('does not take another run’s checkpoint for its own', async () => {
    const { project, run } = await withRun()
    const other = project.runs.create(newRun()).id
    await save(project, run, 5)
    await save(project, other, 5)
    const file = (of: number): string => join(project.folder, 'runs', String(of), '000000005.safetensors')
    writeFileSync(file(run), readFileSync(file(other)))
    await expect(project.checkpoints.load(run)).rejects.toMatchObject({ code: 'checkpoint-damaged' })
    await project.close()
  })

  it('names a checkpoint again that a crash kept from being committed, and forgets one whose file is gone', async () => {
    const { project, run } = await withRun()
    for (const step of [1, 2, 3]) await save(project, run, step)
    await project.close()
    const { Database } = await import('../../src-main/project/database')
    const database = Database.open(join(project.folder, 'project.db'), 'write')
    database.run('DELETE FROM checkpoint WHERE step = 3')
    database.close()
    rmSync(join(project.folder, 'runs', String(run), '000000002.safetensors'))
    writeFileSync(join(project.folder, 'runs', String(run), '000000004.safetensors.unfinished'), 'half')
    writeFileSync(join(project.folder, 'runs', String(run), '000000005.safetensors'), 'not one of ours')
    const again = await open(project.folder)
    expect(again.checkpoints.list(run).map((info) => info.step)).toEqual([3, 1])
    expect((await again.checkpoints.load(run)).state).toEqual(state(3))
    expect(readdirSync(join(project.folder, 'runs', String(run)))).not.toContain('000000004.safetensors.unfinished')
    await again.close()
  })

  it('stops politely before the disk is full', async () => {
    let free = 1e9
    const { project, run } = await withRun({ disk: { ...realDisk, free: () => Promise.resolve(free) } })
    await save(project, run, 1)
    free = 1e6
    await expect(save(project, run, 2)).rejects.toMatchObject({ code: 'disk-full' })
    expect((await project.checkpoints.load(run)).state).toEqual(state(1))
    free = 1e9
    await save(project, run, 2)
    expect(project.checkpoints.latest(run)?.step).toBe(2)
    await project.close()
  })

  it('saves one after the other when asked for several at once', async () => {
    const { project, run } = await withRun()
    await Promise.all([1, 2, 3, 4, 5].map((step) => save(project, run, step)))
    expect(project.checkpoints.list(run).map((info) => info.step)).toEqual([5, 4, 3])
    await project.close()
  })
})
