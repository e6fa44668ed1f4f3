/**
 * Works on a project until it is killed, and says on standard output what is done, one line each, after it is done.
 * Arguments: the project's folder, the number to go on from, and the call of the disk at which to die (0: never).
 */
import { writeSync } from 'node:fs'
import { openProject } from '../../src-main/project/open-project'
import { type Project } from '../../src-main/project/project'
import { type Deed } from './crash-deeds'
import { FaultyDisk } from './faulty-disk'
import { columns, framing, items, metric, newRun, pictures, state } from './sample-project'

function tell(deed: Deed | { readonly did: 'ready' }): void {
  writeSync(1, `${JSON.stringify(deed)}\n`)
}

async function importSome(project: Project, n: number, keep: boolean): Promise<void> {
  const first = 1_000_000 + n * 100
  const id = await project.imports.begin({ origin: 'Designs', framing, columns })
  await project.imports.append(id, { items: items(first, 3), pixels: pictures(first, 3) })
  await project.imports.append(id, { items: items(first + 3, 2), pixels: pictures(first + 3, 2) })
  if (keep) await project.imports.finish(id)
  else await project.imports.cancel(id)
  tell({ did: keep ? 'import' : 'cancel', first, count: 5 })
}

async function checkpoint(project: Project, step: number): Promise<void> {
  await project.checkpoints.save(1, {
    state: state(step, 4096),
    step,
    epoch: step,
    validation: null,
    best: step % 5 === 0,
  })
  tell({ did: 'checkpoint', step })
}

async function work(project: Project, n: number): Promise<void> {
  switch (n % 9) {
    case 0:
      return importSome(project, n, true)
    case 1:
      return checkpoint(project, n)
    case 2: {
      const map = { runId: 1, checkpoint: `1-${n}`, method: 'pca', frame: null } as const
      await project.maps.save({ ...map, items: Int32Array.of(n), positions: Float32Array.of(n, n, n) })
      return tell({ did: 'map', n })
    }
    case 3:
      project.variants.add({
        runId: 1,
        checkpoint: '1-1',
        latent: Float32Array.of(n),
        source: { kind: 'random', seed: n, temperature: 1 },
        parent: null,
        name: `Variant of ${n}`,
        picture: { count: 1, width: 1, height: 1, channels: 1, data: Uint8Array.of(n & 255) },
      })
      return tell({ did: 'variant', n })
    case 4:
      return importSome(project, n, false)
    case 5:
      project.settings.set('n', n)
      return tell({ did: 'setting', n })
    case 6:
      project.items.rate([1], 1 + (n % 5))
      return tell({ did: 'rate', n })
    case 7:
      project.metrics.append(1, [metric(n, 'validation')])
      return tell({ did: 'metric', n })
    default: {
      const latents = { items: Int32Array.of(n), size: 1, mu: Float32Array.of(n), logvar: null }
      await project.latents.save(1, `1-${n}`, latents)
      return tell({ did: 'latents', n })
    }
  }
}

async function main(folder: string, from: number, dieAt: number): Promise<void> {
  const disk = new FaultyDisk(dieAt > 0 ? { at: dieAt, forever: true, what: 'kill' } : null)
  const project = await openProject(folder, { mode: 'write', version: '0.1.0', disk, checkpointLimits: { keep: 2 } })
  if (project.runs.list().length === 0) project.runs.create(newRun())
  tell({ did: 'ready' })
  for (let n = from; ; n++) await work(project, n)
}

const [folder = '', from = '0', dieAt = '0'] = process.argv.slice(2)
void main(folder, Number(from), Number(dieAt))
