import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Project } from '../../src-main/project/project'
import { type Deed } from './crash-deeds'
import { importItems, makeProject, metric, newRun, open, picture, state } from './sample-project'

/** How often a worker is killed: at a random moment, and at a call of the disk, in turn. */
const kills = Number(process.env.VARIA_KILLS ?? 200)

/** Park and Miller's generator (1988): the moments of killing are the same each time as far as a clock allows. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

describe('a process that is killed', () => {
  let folder: string
  let worker: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'varia-kill-'))
    // Bundled as the product is: CommonJS, native packages outside.
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: resolve('test/project/crash-worker.ts'),
        outDir: folder,
        target: 'node16',
        rollupOptions: { external: ['libsql'], output: { format: 'cjs', entryFileNames: 'worker.cjs' } },
      },
      ssr: { noExternal: true, external: ['libsql'] },
    })
    worker = join(folder, 'worker.cjs')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Starts a worker, kills it after `delay` ms of work or lets it die at a call; returns what it said it had done. */
  function workAndDie(place: string, from: number, dieAt: number, delay: number): Promise<Deed[]> {
    return new Promise((done, fail) => {
      const child = spawn(process.execPath, [worker, place, String(from), String(dieAt)], {
        env: { ...process.env, NODE_PATH: resolve('node_modules') },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const deeds: Deed[] = []
      let complaint = ''
      child.stderr.on('data', (data) => (complaint += String(data)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        const deed = JSON.parse(line) as Deed | { did: 'ready' }
        if (deed.did !== 'ready') deeds.push(deed)
        else if (dieAt === 0) setTimeout(() => child.kill('SIGKILL'), delay)
      })
      child.on('close', (_, signal) => {
        if (signal === 'SIGKILL') done(deeds)
        else fail(new Error(`the worker ended by itself: ${complaint}`))
      })
    })
  }

  it(`leaves a project that opens with all that was done in it, ${kills} times`, { timeout: 600_000 }, async () => {
    const random = generator(20261121)
    const made = await makeProject(folder)
    const place = made.folder
    await importItems(made, 1, 10)
    made.runs.create(newRun())
    await made.close()
    const past: Deed[] = []
    let number = 0
    for (let kill = 0; kill < kills; kill++) {
      const deeds =
        kill % 2 === 0
          ? await workAndDie(place, number, 0, random(60))
          : await workAndDie(place, number, 1 + random(120), 0)
      past.push(...deeds)
      number += deeds.length + 1
      const project = await open(place, { checkpointLimits: { keep: 2 } })
      try {
        await expectAllDone(project, past)
      } catch (error) {
        throw new Error(`after kill ${kill}, which followed ${JSON.stringify(deeds.slice(-2))}`, { cause: error })
      }
      await project.close()
    }
    expect(past.length).toBeGreaterThan(kills)
  })
})

function lastOf<Did extends Deed['did']>(past: readonly Deed[], did: Did): Extract<Deed, { did: Did }> | undefined {
  return [...past].reverse().find((deed): deed is Extract<Deed, { did: Did }> => deed.did === did)
}

function wholeIn(there: ReadonlySet<number>, deed: { first: number; count: number }): boolean {
  return Array.from({ length: deed.count }, (_, i) => deed.first + i).every((number) => there.has(number))
}

/** Nothing that was said to be done is missing; the one deed after it may be there or not, but never in part. */
async function expectAllDone(project: Project, past: readonly Deed[]): Promise<void> {
  expect(project.notices).toEqual([])
  expect(project.collection.stored()?.count).toBe(project.items.count())
  const names = [...project.items.names()]
  const numbers = names.map(({ name }) => Number(/item-(\d+)/.exec(name)?.[1]))
  const read = await project.pixels.read(names.map(({ id }) => id))
  expect(Buffer.compare(read, Buffer.concat(numbers.map(picture)))).toBe(0)
  const there = new Set(numbers)
  // Collected and compared once: an `expect` for each of thousands of deeds takes longer than the deeds.
  const missing = past.filter((deed) => deed.did === 'import' && !wholeIn(there, deed))
  expect(missing).toEqual([])
  expect(past.filter((deed) => deed.did === 'cancel' && there.has(deed.first))).toEqual([])
  const step = lastOf(past, 'checkpoint')?.step
  if (step !== undefined) {
    const loaded = await project.checkpoints.load(1)
    expect(loaded.passedOver).toEqual([])
    expect(loaded.info.step).toBeGreaterThanOrEqual(step)
    expect(loaded.state).toEqual(state(loaded.info.step, 4096))
  }
  const map = await project.maps.latest(1, 'pca')
  expect(map?.items[0] ?? 0).toBeGreaterThanOrEqual(lastOf(past, 'map')?.n ?? 0)
  const variants = new Set(project.variants.list().map((variant) => variant.name))
  expect(past.filter((deed) => deed.did === 'variant' && !variants.has(`Variant of ${deed.n}`))).toEqual([])
  expect(project.settings.get('n', z.number()) ?? 0).toBeGreaterThanOrEqual(lastOf(past, 'setting')?.n ?? 0)
  const validated = lastOf(past, 'metric')?.n
  if (validated !== undefined) expect(project.metrics.list(1)).toContainEqual(metric(validated, 'validation'))
  const latents = lastOf(past, 'latents')?.n
  if (latents !== undefined) expect((await project.latents.load(1, `1-${latents}`))?.mu[0]).toBe(latents)
}
