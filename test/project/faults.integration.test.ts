import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VariaError } from '../../src-main/contract/errors'
import { type Project } from '../../src-main/project/project'
import { FaultyDisk } from './faulty-disk'
import { clock, columns, framing, items, newRun, open, picture, pictures, state } from './sample-project'
import { temporaryFolders } from './temporary-folder'

/** One small piece of work, and what a project shows when it was done. */
interface Piece {
  readonly name: string
  work(project: Project): Promise<void>
  shows(project: Project): Promise<boolean>
}

const latents = { items: Int32Array.of(1), size: 2, mu: Float32Array.of(1, 2), logvar: null }
const variant = {
  runId: 1,
  checkpoint: '1-1',
  latent: Float32Array.of(1, 2),
  source: { kind: 'random', seed: 1, temperature: 1 },
  parent: null,
  picture: { count: 1, width: 1, height: 1, channels: 1, data: Uint8Array.of(9) },
} as const
const map = {
  runId: 1,
  checkpoint: '1-1',
  method: 'pca',
  items: Int32Array.of(1),
  positions: Float32Array.of(1, 2, 3),
  frame: null,
} as const

async function importBatch(project: Project, first: number, end: 'finish' | 'cancel'): Promise<void> {
  const id = await project.imports.begin({ origin: 'Designs', framing, columns })
  try {
    await project.imports.append(id, { items: items(first, 10), pixels: pictures(first, 10) })
    await project.imports.append(id, { items: items(first + 10, 10), pixels: pictures(first + 10, 10) })
    if (end === 'finish') await project.imports.finish(id)
    else await project.imports.cancel(id)
  } catch (error) {
    // What the studio does when an import fails; a disk that goes on failing leaves it to the next opening.
    await project.imports.cancel(id).catch(() => undefined)
    throw error
  }
}

function hasItem(project: Project, number: number): boolean {
  return [...project.items.names()].some(({ name }) => name === `folder/item-${number}.png`)
}

const checkpoint = (step: number): Piece => ({
  name: `checkpoint ${step}`,
  work: async (project) => {
    await project.checkpoints.save(1, {
      state: state(step),
      step,
      epoch: step,
      validation: null,
      best: false,
    })
  },
  shows: async (project) => {
    if (!project.checkpoints.list(1).some((info) => info.step === step)) return false
    expect((await project.checkpoints.load(1, { id: `1-${step}` })).state).toEqual(state(step))
    return true
  },
})

const pieces: readonly Piece[] = [
  {
    name: 'first import',
    work: (project) => importBatch(project, 1, 'finish'),
    shows: async (project) => hasItem(project, 20),
  },
  {
    name: 'run',
    work: async (project) => void project.runs.create(newRun()),
    shows: async (project) => project.runs.list().length === 1,
  },
  checkpoint(1),
  checkpoint(2),
  checkpoint(3),
  {
    name: 'cancelled import',
    work: (project) => importBatch(project, 21, 'cancel'),
    shows: async () => true,
  },
  {
    name: 'second import',
    work: (project) => importBatch(project, 21, 'finish'),
    shows: async (project) => hasItem(project, 40),
  },
  {
    name: 'map',
    work: (project) => project.maps.save(map),
    shows: async (project) => (await project.maps.latest(1, 'pca')) !== null,
  },
  {
    name: 'latents',
    work: (project) => project.latents.save(1, '1-1', latents),
    shows: async (project) => (await project.latents.load(1, '1-1')) !== null,
  },
  {
    name: 'variant',
    work: async (project) => void project.variants.add(variant),
    shows: async (project) => project.variants.list().length === 1,
  },
  checkpoint(4),
]

async function expectPicturesOfItems(project: Project): Promise<void> {
  const numbers = [...project.items.names()].map(({ name }) => Number(/item-(\d+)/.exec(name)?.[1]))
  const read = await project.pixels.read(project.items.ids())
  expect(Buffer.compare(read, Buffer.concat(numbers.map(picture)))).toBe(0)
}

/** What holds of every project at any time. */
async function expectSound(project: Project): Promise<void> {
  expect(project.notices).toEqual([])
  expect(project.collection.info()?.count ?? 0).toBe(project.items.count())
  if (project.items.count() > 0) await expectPicturesOfItems(project)
  const columnsThere = project.attributes.columns()
  if (project.items.count() > 0) expect(columnsThere.map((column) => column.missing)).toEqual([0, 0, 0])
  for (const run of project.runs.list()) {
    const list = project.checkpoints.list(run.id)
    if (list.length > 0) {
      const loaded = await project.checkpoints.load(run.id)
      expect(loaded.state).toEqual(state(loaded.info.step))
      expect(loaded.passedOver).toEqual([])
    }
  }
}

/** Does all pieces on a disk with that fault; returns which of them said that they were done. */
async function runWith(folder: string, disk: FaultyDisk): Promise<string[]> {
  const done: string[] = []
  let project: Project | null = null
  try {
    project = await open(folder, { mode: 'create', disk, now: clock(), checkpointLimits: { keep: 2 } })
    for (const piece of pieces) {
      try {
        await piece.work(project)
        done.push(piece.name)
      } catch (error) {
        // Errors that follow from an earlier piece not being there are its user's to see, not faults.
        expect(error instanceof VariaError, `${piece.name}: ${String(error)}`).toBe(true)
      }
    }
  } catch (error) {
    expect(error, String(error)).toBeInstanceOf(VariaError)
  } finally {
    await project?.close()
  }
  return done
}

async function expectOldOrNew(folder: string, done: readonly string[]): Promise<void> {
  let project: Project
  try {
    project = await open(folder, { mode: 'write' })
  } catch (error) {
    // Only a project whose making failed need not open; then making it again must work.
    expect(done).toEqual([])
    expect(error).toMatchObject({ code: 'project-missing' })
    project = await open(folder, { mode: 'create' })
  }
  await expectSound(project)
  for (const piece of pieces) {
    // With two kept, the third checkpoint sends the first away, and so on.
    if (/^checkpoint [12]$/.test(piece.name)) continue
    if (piece.name === 'checkpoint 3' && done.includes('checkpoint 4')) continue
    if (done.includes(piece.name)) expect(await piece.shows(project), piece.name).toBe(true)
  }
  await project.close()
}

describe('a disk that fails', () => {
  const folder = temporaryFolders()

  async function countCalls(): Promise<number> {
    const disk = new FaultyDisk(null)
    const place = join(folder(), 'Count.varia')
    const done = await runWith(place, disk)
    expect(done).toEqual(pieces.map((piece) => piece.name))
    await expectOldOrNew(place, done)
    return disk.calls
  }

  it.each([
    { forever: false, how: 'once' },
    { forever: true, how: 'from then on' },
  ])('leaves the old state or the new at each call that fails $how', async ({ forever }) => {
    const calls = await countCalls()
    expect(calls).toBeGreaterThan(80)
    const parent = folder()
    for (let at = 1; at <= calls; at++) {
      const place = join(parent, `${at}.varia`)
      const done = await runWith(place, new FaultyDisk({ at, forever, what: at % 2 === 0 ? 'ENOSPC' : 'EIO' }))
      try {
        await expectOldOrNew(place, done)
      } catch (error) {
        throw new Error(`call ${at} of ${calls}, done: ${done.join(', ')}`, { cause: error })
      }
    }
  })

  it('can fail while a project recovers, and the project recovers the next time', async () => {
    const parent = folder()
    const image = join(parent, 'image')
    await makeCrashImage(join(parent, 'Origin.varia'), image)
    const count = new FaultyDisk(null)
    const probe = join(parent, 'probe.varia')
    cpSync(image, probe, { recursive: true })
    await (await open(probe, { disk: count })).close()
    expect(count.calls).toBeGreaterThan(5)
    for (const forever of [false, true]) {
      for (let at = 1; at <= count.calls; at++) {
        const place = join(parent, `${at}-${String(forever)}.varia`)
        cpSync(image, place, { recursive: true })
        try {
          await (await open(place, { disk: new FaultyDisk({ at, forever, what: 'EIO' }) })).close()
        } catch (error) {
          expect(error, String(error)).toBeInstanceOf(VariaError)
        }
        const project = await open(place)
        await expectSound(project)
        expect(project.items.count()).toBe(30)
        expect(project.imports.interrupted()).toMatchObject({ origin: 'More' })
        expect(project.runs.get(1).state).toBe('interrupted')
        expect(project.checkpoints.list(1).map((info) => info.step)).toEqual([3, 2, 1])
        await project.close()
      }
    }
  })
})

/** What a crash leaves: the database with its log, an import under way, files written but not yet named, halves of files. */
async function makeCrashImage(origin: string, image: string): Promise<void> {
  const { appendFileSync, copyFileSync, writeFileSync, readdirSync, mkdirSync } = await import('node:fs')
  const project = await open(origin, { mode: 'create', now: clock(), checkpointLimits: { keep: 2 } })
  await pieces[0]?.work(project)
  await pieces[1]?.work(project)
  project.runs.update(1, { state: 'training' })
  for (const step of [1, 2]) await checkpoint(step).work(project)
  const id = await project.imports.begin({ origin: 'More', framing })
  await project.imports.append(id, { items: items(21, 10), pixels: pictures(21, 10) })
  cpSync(origin, image, { recursive: true })
  await checkpoint(3).work(project)
  const run = join(image, 'runs', '1')
  // Written and renamed, not yet committed.
  copyFileSync(join(origin, 'runs', '1', '000000003.safetensors'), join(run, '000000003.safetensors'))
  await project.close()
  writeFileSync(join(run, '000000004.safetensors.unfinished'), 'half')
  writeFileSync(join(run, 'latents-1-2.safetensors'), 'not named')
  mkdirSync(join(image, 'maps', '5'), { recursive: true })
  writeFileSync(join(image, 'maps', '5', 'layout.safetensors'), 'not named')
  const [pixelFile = ''] = readdirSync(join(image, 'collection'))
  appendFileSync(join(image, 'collection', pixelFile), Buffer.alloc(5000, 1))
  writeFileSync(join(image, 'collection', '2-64x64x3.pixels'), 'not named')
}
