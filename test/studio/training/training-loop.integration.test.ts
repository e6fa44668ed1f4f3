import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EventOf, type VariaEvent } from '../../../src-main/contract/events'
import { type Disk, realDisk } from '../../../src-main/project/disk'
import { openWorkbench, tinyRecipe, type Workbench } from '../workbench'

/** The machine's disk, which can be told to be full: for checkpoints, or for all that the database would keep. */
function fillableDisk(): { disk: Disk; fill: (full: 'checkpoints' | 'database' | null) => void } {
  let full: 'checkpoints' | 'database' | null = null
  const refuse = (path: string): never => {
    throw Object.assign(new Error(`ENOSPC: no space left on device, open '${path}'`), { code: 'ENOSPC', path })
  }
  const disk: Disk = {
    ...realDisk,
    open: async (path, how) => {
      if (full === 'checkpoints' && path.includes('.safetensors')) refuse(path)
      return realDisk.open(path, how)
    },
    beforeCommit: () => {
      if (full === 'database') refuse('project.db')
    },
  }
  return { disk, fill: (what) => (full = what) }
}

let bench: Workbench
const disk = fillableDisk()
beforeEach(async () => {
  disk.fill(null)
  bench = await openWorkbench('wasm', { disk: disk.disk, checkpointSeconds: 0.05 })
  await bench.sprites(80)
})
afterEach(() => bench.close())

function event<Kind extends VariaEvent['kind']>(
  kind: Kind,
  fits: (event: EventOf<Kind>) => boolean = () => true,
): Promise<EventOf<Kind>> {
  return new Promise((resolve) => {
    const stop = bench.studio.subscribe((told) => {
      if (told.kind !== kind || !fits(told as EventOf<Kind>)) return
      stop()
      resolve(told as EventOf<Kind>)
    })
  })
}
const endless = { ...tinyRecipe, length: { steps: null, epochs: null, minutes: null } }

describe('a run', () => {
  test('goes from its start to a map, telling everyone what it does', async () => {
    const mapped = event('map', ({ live }) => !live)
    const run = await bench.trained({ length: { steps: 60, epochs: null, minutes: null } })
    const [info] = await bench.call('run.list')
    expect(info).toMatchObject({ id: run, state: 'finished', step: 60, backend: 'wasm', seed: 1 })
    expect(info?.versions['varia']).toBe('0.0.0-test')
    expect(info?.checkpoint?.validation).toBeGreaterThan(0)
    const points = await bench.call('run.metrics', { run })
    expect(points.some(({ split }) => split === 'train')).toBe(true)
    expect(points.filter(({ split }) => split === 'validation').map(({ step }) => step)).toEqual([25, 50, 60])
    const pictures = await bench.call('run.pictures', { run })
    expect(pictures?.originals.count).toBe(pictures?.reconstructions.count)
    expect(pictures?.traversal.count).toBe((pictures?.traversalRows ?? 0) * 9)
    await mapped
    const map = await bench.call('map.get', { run, method: 'pca' })
    expect(map?.items.length).toBe(80)
    expect(map?.checkpoint).toBe(info?.checkpoint?.id)
  })

  test('learns: the held-out loss falls', async () => {
    const run = await bench.trained({
      length: { steps: 200, epochs: null, minutes: null },
      network: { kind: 'dense', hidden: [64] },
    })
    const losses = (await bench.call('run.metrics', { run })).filter(({ split }) => split === 'validation')
    expect(losses.at(-1)?.negativeElbo).toBeLessThan(0.7 * (losses[0]?.negativeElbo ?? 0))
    const figures = await bench.call('run.evaluate', { run })
    const heldOut = (await bench.call('collection.info'))?.heldOut
    expect(figures.n).toBe(heldOut)
    expect(figures.negativeElbo).toBeCloseTo(figures.reconstruction + figures.kl, 3)
    // The best checkpoint is the one decoded with.
    expect(figures.negativeElbo).toBeCloseTo(Math.min(...losses.map(({ negativeElbo }) => negativeElbo)), 2)
  })

  test('makes pictures and maps to watch for as long as somebody looks', async () => {
    const { run, job } = await bench.call('run.start', { recipe: endless })
    const first = await event('pictures')
    await new Promise((resolve) => setTimeout(resolve, 7_000))
    const unseen = bench.events.filter(({ kind }) => kind === 'pictures' || kind === 'map')
    expect(unseen).toEqual([first])
    const later = event('pictures')
    const moved = event('map', ({ live }) => live)
    await bench.call('run.pictures', { run })
    expect((await later).step).toBeGreaterThan(first.step)
    await moved
    await bench.call('jobs.cancel', { job })
    await bench.finished(job)
  })

  test('answers hands while it trains, with what it has learned so far', async () => {
    const { run, job } = await bench.call('run.start', { recipe: endless })
    await event('metrics')
    const point = await bench.call('latent.ofItem', { run, item: 3 })
    expect(point.checkpoint).toMatch(/^live@\d+$/)
    const { pictures } = await bench.call('latent.decode', { run, count: 1, latents: point.latent })
    expect(pictures).toMatchObject({ count: 1, width: 32, height: 32 })
    await bench.call('jobs.cancel', { job })
  })

  test('pauses with everything on disk, stands still, goes on, and stops within a second', async () => {
    const { run, job } = await bench.call('run.start', { recipe: endless })
    await event('metrics')
    const paused = event('run', ({ run: info }) => info.state === 'paused')
    await bench.call('jobs.pause', { job })
    await paused
    const standing = (await bench.call('run.list'))[0]?.checkpoint
    await new Promise((resolve) => setTimeout(resolve, 150))
    const latest = (await bench.call('run.list'))[0]
    expect(latest?.checkpoint).toEqual(standing)
    await bench.call('jobs.resume', { job })
    await event('metrics')
    const began = performance.now()
    await bench.call('jobs.cancel', { job })
    expect(performance.now() - began).toBeLessThan(1000)
    expect((await bench.call('run.list'))[0]).toMatchObject({ id: run, state: 'stopped' })
  })

  test('that ended goes on for longer from where it was', async () => {
    const run = await bench.trained()
    const { job } = await bench.call('run.continue', { run, length: { steps: 30, epochs: null, minutes: null } })
    await bench.finished(job)
    expect((await bench.call('run.list'))[0]).toMatchObject({ state: 'finished', step: 30 })
  })

  test('limited in minutes ends in time, with its schedule run to its end', async () => {
    const began = performance.now()
    const run = await bench.trained({ length: { steps: null, epochs: null, minutes: 0.05 } })
    expect((performance.now() - began) / 1000).toBeLessThan(12)
    const info = (await bench.call('run.list'))[0]
    expect(info?.seconds).toBeGreaterThan(1.5)
    expect(info?.seconds).toBeLessThan(6)
    const last = (await bench.call('run.metrics', { run })).filter(({ split }) => split === 'train').at(-1)
    expect(last?.learningRate).toBeLessThan(3e-4)
  })

  test('is paused, and nothing is lost, when the project is closed under it', async () => {
    const { run } = await bench.call('run.start', { recipe: endless })
    await event('metrics')
    const id = (await bench.call('project.info'))?.id ?? ''
    await bench.call('project.close')
    await bench.call('project.open', { from: { kind: 'recent', id } })
    const info = (await bench.call('run.list'))[0]
    expect(info).toMatchObject({ id: run, state: 'paused' })
    expect(info?.checkpoint?.step ?? 0).toBeGreaterThan(0)
  })

  test('that is stopped before its first step has ended, and another may begin', async () => {
    const { run, job } = await bench.call('run.start', { recipe: endless })
    await bench.call('jobs.cancel', { job })
    await expect.poll(async () => (await bench.call('run.list')).find(({ id }) => id === run)?.state).toBe('stopped')
    await bench.trained()
  })

  test('is the only one: a second is refused, and so is changing what computes', async () => {
    const { job } = await bench.call('run.start', { recipe: endless })
    await expect(bench.call('run.start', { recipe: endless })).rejects.toMatchObject({ code: 'busy' })
    await expect(bench.call('app.useBackend', { backend: 'cpu' })).rejects.toMatchObject({ code: 'busy' })
    await bench.call('jobs.cancel', { job })
  })
})

test('a disk that fills pauses the run with a remedy, and when there is room again it goes on to its end', async () => {
  const { run, job } = await bench.call('run.start', {
    recipe: { ...tinyRecipe, length: { steps: 400, epochs: null, minutes: null } },
  })
  await event('metrics')
  const told = event('saved', ({ failure }) => failure !== null)
  const paused = event('job', ({ job: one }) => one.id === job && one.state === 'paused')
  disk.fill('checkpoints')
  expect((await told).failure).toMatch(/space/i)
  expect((await paused).job.detail).toMatch(/space/i)
  disk.fill(null)
  await bench.call('jobs.resume', { job })
  await bench.finished(job)
  expect((await bench.call('run.list'))[0]).toMatchObject({ id: run, state: 'finished', step: 400 })
})

test('a full disk pauses a run whose length follows from the clock, and its time still ends it', async () => {
  const { run, job } = await bench.call('run.start', {
    recipe: { ...tinyRecipe, length: { steps: null, epochs: null, minutes: 0.04 } },
  })
  await event('metrics')
  const paused = event('job', ({ job: one }) => one.id === job && one.state === 'paused')
  disk.fill('database')
  expect((await paused).job.detail).toMatch(/space/i)
  disk.fill(null)
  await bench.call('jobs.resume', { job })
  await bench.finished(job)
  expect((await bench.call('run.list'))[0]).toMatchObject({ id: run, state: 'finished', failure: null })
})

test('a run of which no checkpoint is whole says so each time, and leaves no tensor behind', async () => {
  const mapped = event('map', ({ live }) => !live)
  const run = await bench.trained()
  // The map reads the checkpoint too, and would find the damage first.
  await mapped
  const folder = join((await bench.call('project.info'))?.place ?? '', 'runs', String(run))
  for (const name of await readdir(folder)) {
    if (/^\d+\.safetensors$/.test(name)) await writeFile(join(folder, name), 'damaged')
  }
  const before = tf.memory().numTensors
  const goOn = async (): Promise<unknown> => {
    const { job } = await bench.call('run.continue', { run, length: { steps: 30, epochs: null, minutes: null } })
    return bench.finished(job)
  }
  await expect(goOn()).rejects.toMatchObject({ code: 'checkpoint-damaged' })
  expect(tf.memory().numTensors).toBe(before)
  // Asked once more it doesn't begin again in silence.
  await expect(goOn()).rejects.toMatchObject({ code: 'checkpoint-damaged' })
})

test('maps asked for at once are one piece of work, and both methods are saved', async () => {
  const run = await bench.trained()
  const jobs = await Promise.all(
    (['pca', 'pca', 'umap', 'pca'] as const).map((method) => bench.call('map.compute', { run, method })),
  )
  expect(new Set(jobs.map(({ job }) => job)).size).toBe(2)
  await Promise.all(jobs.map(({ job }) => bench.finished(job)))
  for (const method of ['pca', 'umap'] as const) {
    expect((await bench.call('map.get', { run, method }))?.items.length).toBe(80)
  }
})
