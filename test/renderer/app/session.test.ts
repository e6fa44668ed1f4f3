import { afterEach, describe, expect, it, vi } from 'vitest'
import { VariaError } from '../../../src-main/contract/errors'
import type { VariaEvent } from '../../../src-main/contract/events'
import { jobId, type JobProgress } from '../../../src-main/contract/jobs'
import type { Handlers } from '../../../src-main/contract/procedures'
import type { ProjectInfo } from '../../../src-main/contract/project'
import { type Channel, serve } from '../../../src-main/contract/rpc'
import { Session } from '../../../src-renderer/app/session.svelte'

const project: ProjectInfo = {
  id: 'p1',
  name: 'Vessels',
  place: '~',
  formatVersion: 1,
  readOnly: null,
  collection: null,
  activeRun: null,
  interruptedImport: null,
  notices: [],
}
const job: JobProgress = {
  id: jobId.parse('job-1'),
  kind: 'import',
  title: 'Importing',
  state: 'running',
  done: 0,
  total: 10,
  unit: 'pictures',
  detail: '',
  secondsLeft: null,
  canPause: false,
  failure: null,
}

/** An engine of which only what the session asks at once is there; it can be killed and comes back when connected to. */
class Engine {
  readonly listeners = new Set<(event: VariaEvent) => void>()
  readonly closers = new Set<() => void>()
  connections = 0
  refusals = 0
  #handlers = {
    'app.hello': async () => ({ version: '1', door: 'desktop', hasDialogs: true }),
    'app.device': async () => ({ backend: 'cpu', title: 'CPU', chosen: false, tensors: 0, memory: 1 }),
    'project.info': async () => project,
    'jobs.list': async () => [job],
    'run.list': async () => [],
  } as Partial<Handlers> as Handlers

  readonly connect = async (): Promise<Channel> => {
    if (this.refusals > 0) {
      this.refusals -= 1
      throw new VariaError({ code: 'engine-lost', message: 'It is starting.', remedy: 'Wait.' })
    }
    this.connections += 1
    const toEngine = new Set<(message: unknown) => void>()
    const toWindow = new Set<(message: unknown) => void>()
    const side = (hears: Set<(m: unknown) => void>, speaks: Set<(m: unknown) => void>): Channel => ({
      post: (message) => queueMicrotask(() => speaks.forEach((listener) => listener(message))),
      onMessage: (listener) => {
        hears.add(listener)
        return () => hears.delete(listener)
      },
      onClose: (listener) => {
        this.closers.add(listener)
        return () => this.closers.delete(listener)
      },
    })
    serve(side(toEngine, toWindow), {
      handlers: this.#handlers,
      subscribe: (listener) => {
        this.listeners.add(listener)
        return () => this.listeners.delete(listener)
      },
    })
    return side(toWindow, toEngine)
  }

  tell(event: VariaEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  die(): void {
    for (const close of [...this.closers]) close()
  }
}

describe('Session', () => {
  let stop = (): void => undefined
  afterEach(() => {
    stop()
  })

  async function connected(engine: Engine): Promise<Session> {
    const session = new Session()
    stop = session.start(engine)
    await vi.waitFor(() => {
      expect(session.state).toBe('ready')
    })
    return session
  }

  it('knows project, jobs and device once connected', async () => {
    const session = await connected(new Engine())
    expect(session.project?.name).toBe('Vessels')
    expect(session.jobs).toHaveLength(1)
    expect(session.device?.backend).toBe('cpu')
    expect(session.epoch).toBe(1)
  })

  it('connects again when the engine died, and its listeners hear the new one', async () => {
    const engine = new Engine()
    const session = await connected(engine)
    const heard: string[] = []
    session.on('saved', ({ failure }) => heard.push(failure ?? 'saved'))
    engine.die()
    await vi.waitFor(() => {
      expect(session.state).toBe('lost')
    })
    await expect(session.call('app.hello')).rejects.toMatchObject({ code: 'engine-lost' })
    await vi.waitFor(() => {
      expect(session.epoch).toBe(2)
    })
    engine.tell({ kind: 'saved', failure: 'The disk is full.' })
    await vi.waitFor(() => {
      expect(heard).toEqual(['The disk is full.'])
    })
    expect(session.unsaved).toBe('The disk is full.')
  })

  it('keeps trying while the engine can not be reached, and says why', async () => {
    const engine = new Engine()
    engine.refusals = 2
    const session = new Session()
    stop = session.start(engine)
    await vi.waitFor(() => {
      expect(session.failure?.message).toBe('It is starting.')
    })
    await vi.waitFor(
      () => {
        expect(session.state).toBe('ready')
      },
      { timeout: 3000 },
    )
    expect(session.failure).toBeNull()
  })

  it('tells how a job ended, even one that ended before anybody asked', async () => {
    const engine = new Engine()
    const session = await connected(engine)
    const waiting = session.finished(job.id)
    engine.tell({ kind: 'job', job: { ...job, state: 'done', done: 10 } })
    expect((await waiting).done).toBe(10)
    expect((await session.finished(job.id)).state).toBe('done')

    const failed = { ...job, id: jobId.parse('job-2'), state: 'failed' as const }
    const failure = { code: 'disk-full' as const, message: 'The disk is full.', remedy: 'Free some space.' }
    engine.tell({ kind: 'job', job: { ...failed, failure } })
    await vi.waitFor(() => {
      expect(session.jobs.some(({ id }) => id === failed.id)).toBe(true)
    })
    await expect(session.finished(failed.id)).rejects.toMatchObject({ code: 'disk-full' })
  })

  it('gives up waiting for a job whose engine died', async () => {
    const engine = new Engine()
    const session = await connected(engine)
    const waiting = session.finished(job.id)
    engine.die()
    await expect(waiting).rejects.toMatchObject({ code: 'engine-lost' })
  })
})
