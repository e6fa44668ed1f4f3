/**
 * The golden project of the current format. Running this file (`npx tsx test/project/golden-project.ts`) makes it anew
 * under test/fixtures/project; that is done once for a format, when it becomes the current one, and never again.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type LatentMap } from '../../src-main/contract/map'
import { newestVersion } from '../../src-main/project/migrations'
import { type Project } from '../../src-main/project/project'
import { clock, importItems, metric, newRun, open, state } from './sample-project'

export const goldenFolder = (format: number): string => resolve(`test/fixtures/project/format-${format}.varia`)

export const goldenLatents = { items: Int32Array.of(1, 2), size: 2, mu: Float32Array.of(1, 2, 3, 4), logvar: null }

export const goldenMap: LatentMap = {
  runId: 1,
  checkpoint: '1-20',
  method: 'pca',
  items: Int32Array.of(1, 2),
  positions: Float32Array.of(0, 0.5, 1, -1, -0.5, 0),
  frame: {
    mean: Float32Array.of(1, 2),
    basis: Float32Array.of(1, 0, 0, 1, 0, 0),
    scale: 2,
    explained: [0.75, 0.25, 0],
  },
} as const

export const goldenVariant = {
  runId: 1,
  checkpoint: '1-20',
  name: 'Amphora',
  latent: Float32Array.of(0.25, -1),
  source: { kind: 'item', item: 2 },
  parent: null,
  picture: { count: 1, width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 255) },
} as const

export const goldenNote = { name: 'a.jpg', message: '“a.jpg” holds a PNG although its name ends in .jpg.' } as const

export async function fillGolden(project: Project): Promise<void> {
  await importItems(project, 1, 12, [goldenNote])
  project.items.rate([3], 4)
  project.runs.create(newRun())
  for (const step of [10, 20]) {
    await project.checkpoints.save(1, {
      state: state(step),
      step,
      epoch: step / 10,
      validation: 600 - step,
      best: step === 10,
    })
    project.metrics.append(1, [metric(step), metric(step, 'validation')])
  }
  project.runs.update(1, { state: 'finished', step: 20, epoch: 2, seconds: 4 })
  await project.maps.save(goldenMap)
  await project.latents.save(1, '1-20', goldenLatents)
  project.variants.add(goldenVariant)
  project.recipes.save('mine', newRun().recipe)
  project.history.push('board', 'Pin', { id: 1 })
  project.selectRun(1)
}

async function main(): Promise<void> {
  const folder = goldenFolder(newestVersion())
  rmSync(folder, { recursive: true, force: true })
  const project = await open(folder, { mode: 'create', name: 'Golden', now: clock() })
  await fillGolden(project)
  await project.close()
  for (const name of ['project.lock', 'project.db-wal', 'project.db-shm']) rmSync(join(folder, name), { force: true })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main()
