/** Learning that follows an import by itself: "Learn these designs", with or without a window to wait for it. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type JobProgress } from '../../../src-main/contract/jobs'
import { openWorkbench, type Workbench } from '../workbench'

let bench: Workbench
beforeEach(async () => {
  bench = await openWorkbench()
  await bench.call('project.create', { name: 'Lesson' })
})
afterEach(() => bench.close())

const learn = { recipe: 'autoencoder' as const, seed: 5 }

function told(matches: (job: JobProgress) => boolean): Promise<JobProgress> {
  return new Promise((resolve) => {
    const stop = bench.studio.subscribe((event) => {
      if (event.kind !== 'job' || !matches(event.job)) return
      stop()
      resolve(event.job)
    })
  })
}

const prepared = (): Promise<JobProgress> =>
  told(({ title, state }) => title === 'Getting ready to learn' && state !== 'running')

test('an import goes on to learn by itself, and nobody needs to ask again', async () => {
  const ready = prepared()
  const { job } = await bench.call('collection.import', {
    source: { kind: 'sample', name: 'sprites', count: 40 },
    framing: { size: 32 },
    learn,
  })
  await bench.finished(job)
  expect(await ready).toMatchObject({ state: 'done' })
  const [run] = await bench.call('run.list')
  expect(run).toMatchObject({ state: 'training', seed: 5, recipe: { name: 'autoencoder' } })
  expect(run?.reasons).not.toEqual([])
  expect(await bench.call('project.info')).toMatchObject({ activeRun: run?.id })
})

test('where there is too little to learn from, the pictures stay and the reason is told', async () => {
  const folder = join(bench.folder, 'two')
  await mkdir(folder)
  for (const shade of [40, 200]) {
    await sharp({ create: { width: 32, height: 32, channels: 3, background: { r: shade, g: 0, b: 0 } } })
      .png()
      .toFile(join(folder, `shade-${String(shade)}.png`))
  }
  const ready = prepared()
  const grant = bench.studio.grants.grant(folder, { kind: 'folder', purpose: 'import' })
  await bench.call('collection.import', { source: { kind: 'grants', grants: [grant] }, framing: { size: 32 }, learn })
  expect(await ready).toMatchObject({
    state: 'failed',
    failure: { code: 'too-few-items', remedy: expect.stringMatching(/\w/) as string },
  })
  expect(await bench.call('collection.info')).toMatchObject({ count: 2 })
  expect(await bench.call('run.list')).toEqual([])
})

test('nothing is learned after an import that was stopped', async () => {
  const { job } = await bench.call('collection.import', {
    source: { kind: 'sample', name: 'sprites', count: 20_000 },
    framing: { size: 32 },
    learn,
  })
  await bench.call('jobs.cancel', { job })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await bench.call('jobs.list')).map(({ kind }) => kind)).toEqual(['import'])
  expect(await bench.call('run.list')).toEqual([])
})

test('a project closed while it gets ready to learn closes at once and learns nothing', async () => {
  const begun = told(({ title }) => title === 'Getting ready to learn')
  const { job } = await bench.call('collection.import', {
    source: { kind: 'sample', name: 'sprites', count: 40 },
    framing: { size: 32 },
    learn,
  })
  await bench.finished(job)
  await begun
  const id = (await bench.call('project.info'))?.id ?? ''
  const began = performance.now()
  await bench.call('project.close')
  expect(performance.now() - began).toBeLessThan(1000)
  await bench.call('project.open', { from: { kind: 'recent', id } })
  expect(await bench.call('run.list')).toEqual([])
})
