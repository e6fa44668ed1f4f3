/**
 * The engine is killed at random moments of import, training, mapping and export: every project opens, nothing that was
 * committed is missing, runs go on. `VARIA_SOAK=50` for the full count; the moments follow from a seed.
 */
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Random } from '../../src-main/model/random'
import { openProject } from '../../src-main/project/open-project'
import { type Project } from '../../src-main/project/project'
import { type Line, runChild } from './run-child'

const times = Number(process.env['VARIA_SOAK'] ?? 4)
const random = Random.for(Number(process.env['VARIA_SOAK_SEED'] ?? 1), 'soak')

const recipe = {
  name: 'small',
  latent: 3,
  network: { kind: 'dense', hidden: [8] },
  batch: 16,
  length: { steps: 40, epochs: null, minutes: null },
}
const start = { name: 'run.start', input: { recipe, seed: 7 } }
const open = { name: 'project.open', input: { from: { kind: 'grant', grant: 'PROJECT' } } }
const create = [
  { name: 'project.create', input: { name: 'Soak', folder: 'NEW' } },
  {
    name: 'collection.import',
    input: { source: { kind: 'sample', name: 'sprites', count: 400 }, framing: { size: 32 } },
  },
]
const longer = { name: 'run.continue', input: { run: 1, length: { steps: 4000, epochs: null, minutes: null } } }
const map = { name: 'map.compute', input: { run: 1, method: 'pca' } }
const draw = {
  name: 'export.run',
  input: { what: { kind: 'generated', runId: 1, count: 400 }, target: { kind: 'grant', grant: 'OUT' } },
}

let folder = ''
let base = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varia-soak-'))
  base = join(folder, 'base.varia')
  const made = await runChild(base, { checkpointSeconds: 0.2, calls: [...create, start, map] })
  expect(made.lines.at(-1)).toEqual({ done: true })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Opens a project as the next engine would, and holds it to its own figures. */
async function whole(place: string): Promise<{ items: number; step: number }> {
  const project = await openProject(place, { mode: 'write', version: 'test' })
  try {
    expect(project.notices).toEqual([])
    const items = project.items.count()
    expect(project.pixels.count).toBe(items)
    if (items > 0) await project.pixels.read(project.items.ids('all'))
    return { items, step: await latestStep(project) }
  } finally {
    await project.close()
  }
}

async function latestStep(project: Project): Promise<number> {
  const run = project.runs.list()[0]
  if (run === undefined || project.checkpoints.latest(run.id) === null) return 0
  const { info, passedOver } = await project.checkpoints.load(run.id, 'latest')
  expect(passedOver).toEqual([])
  expect(run.state).not.toBe('training')
  return info.step
}

/** From the moment something begins, within the time it takes. */
const within = (milliseconds: number): { killAfter: number } => ({ killAfter: random.uniform() * milliseconds })

describe(`killed ${String(times)} times at each`, () => {
  for (let round = 0; round < times; round++) {
    test(`importing, ${String(round + 1)}`, async () => {
      const place = join(folder, `import-${String(round)}.varia`)
      await runChild(place, { calls: create }, within(900))
      // Killed while the folder itself was being made, there may be nothing yet; the next attempt starts anew.
      if (existsSync(join(place, 'project.db'))) {
        const { items } = await whole(place).catch(async (error: unknown) => {
          expect(error).toMatchObject({ code: 'project-missing' })
          return { items: 0 }
        })
        expect(items % 256 === 0 || items === 400).toBe(true)
      }
    })

    test(`training, ${String(round + 1)}`, async () => {
      const place = join(folder, `train-${String(round)}.varia`)
      await cp(base, place, { recursive: true })
      let told = 0
      const heard = (line: Line): boolean => {
        told = Math.max(told, Number(line['step'] ?? 0))
        return false
      }
      const end = await runChild(
        place,
        { checkpointSeconds: 0.2, calls: [open, longer] },
        { ...within(4000), killWhen: heard },
      )
      expect(end.killed).toBe(true)
      const { items, step } = await whole(place)
      expect(items).toBe(400)
      expect(step).toBeGreaterThanOrEqual(40)
      const goOn = { name: 'run.continue', input: { run: 1, length: { steps: step + 3, epochs: null, minutes: null } } }
      const again = await runChild(place, { calls: [open, goOn] })
      expect(again.lines.at(-1)).toEqual({ done: true })
      expect((await whole(place)).step).toBe(step + 3)
      expect(told).toBeGreaterThanOrEqual(0)
    })

    test(`mapping and exporting, ${String(round + 1)}`, async () => {
      const place = join(folder, `map-${String(round)}.varia`)
      await cp(base, place, { recursive: true })
      await runChild(place, { calls: [open, map, draw] }, within(1500))
      expect(await whole(place)).toEqual({ items: 400, step: 40 })
      const project = await openProject(place, { mode: 'read', version: 'test' })
      expect((await project.maps.latest(1, 'pca'))?.items.length).toBe(400)
      await project.close()
      const written = await readdir(`${place}-out`).catch(() => [])
      for (const name of written.filter((one) => one.endsWith('.png'))) {
        await expect(sharp(await readFile(join(`${place}-out`, name))).stats()).resolves.toBeTruthy()
      }
    })
  }
})
