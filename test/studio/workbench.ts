/** A studio in a folder of its own, with a short way to do what tests do again and again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BackendName } from '../../src-main/contract/backend'
import { fromFailure } from '../../src-main/contract/errors'
import { type VariaEvent } from '../../src-main/contract/events'
import { type JobProgress } from '../../src-main/contract/jobs'
import { type InputOf, type OutputOf, type ProcedureName } from '../../src-main/contract/procedures'
import { callHandler } from '../../src-main/contract/rpc'
import { createStudio, type Studio, type StudioOptions } from '../../src-main/studio/studio'

type Rest<Name extends ProcedureName> =
  undefined extends InputOf<Name> ? [input?: InputOf<Name>] : [input: InputOf<Name>]

export interface Workbench {
  readonly folder: string
  readonly studio: Studio
  readonly events: VariaEvent[]
  call<Name extends ProcedureName>(name: Name, ...input: Rest<Name>): Promise<OutputOf<Name>>
  /** Waits until a job ends; throws its failure. */
  finished(job: string): Promise<JobProgress>
  /** Makes a project with small sprites in it. */
  sprites(count?: number, size?: 32 | 64): Promise<void>
  /** Trains a tiny model to its end and returns its run. */
  trained(recipe?: Record<string, unknown>): Promise<number>
  close(): Promise<void>
}

/** Small enough for any backend: dense, a few latents. */
export const tinyRecipe = {
  name: 'tiny',
  latent: 4,
  network: { kind: 'dense' as const, hidden: [16] },
  batch: 16,
  length: { steps: 12, epochs: null, minutes: null },
}

export async function openWorkbench(
  backend: BackendName | 'auto' = 'wasm',
  options: Partial<StudioOptions> = {},
): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'varia-studio-'))
  const studio = await createStudio({
    dataFolder: join(folder, 'data'),
    door: 'cli',
    version: '0.0.0-test',
    backend,
    ...options,
  })
  const events: VariaEvent[] = []
  const ended = new Map<string, JobProgress>()
  const waiting = new Set<(job: JobProgress) => void>()
  studio.subscribe((event) => {
    events.push(event)
    if (event.kind !== 'job' || event.job.state === 'running' || event.job.state === 'paused') return
    ended.set(event.job.id, event.job)
    for (const tell of waiting) tell(event.job)
  })
  const { signal } = new AbortController()
  const bench: Workbench = {
    folder,
    studio,
    events,
    // `callHandler` returns what the handler of that very name did.
    call: async (name, ...input) =>
      (await callHandler(studio.handlers, name, input[0], signal)) as OutputOf<typeof name>,
    finished: async (id) => {
      const job =
        ended.get(id) ??
        (await new Promise<JobProgress>((resolve) => waiting.add((job) => job.id === id && resolve(job))))
      if (job.failure !== null) throw fromFailure(job.failure)
      return job
    },
    sprites: async (count = 60, size = 32) => {
      await bench.call('project.create', { name: 'Sprites' })
      const { job } = await bench.call('collection.import', {
        source: { kind: 'sample', name: 'sprites', count },
        framing: { size },
      })
      await bench.finished(job)
    },
    trained: async (recipe = {}) => {
      const { run, job } = await bench.call('run.start', { recipe: { ...tinyRecipe, ...recipe }, seed: 1 })
      await bench.finished(job)
      return run
    },
    close: async () => {
      await studio.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bench
}
