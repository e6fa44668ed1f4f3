/**
 * The window's side of the contract: the connection to the engine, and what its events say about it. Components read
 * the state and `call` procedures; nothing else in the renderer talks to the engine.
 */
import type { DeviceStatus } from '../../src-main/contract/backend'
import type { VariaBridge } from '../../src-main/contract/bridge'
import { cancelled, type Failure, fromFailure, toFailure } from '../../src-main/contract/errors'
import type { EventKind, EventOf, VariaEvent } from '../../src-main/contract/events'
import type { JobProgress } from '../../src-main/contract/jobs'
import type { Client, OutputOf } from '../../src-main/contract/procedures'
import type { ProjectInfo } from '../../src-main/contract/project'
import { type Connection, connect, engineLost } from '../../src-main/contract/rpc'
import type { RunInfo } from '../../src-main/contract/run'

export type ConnectionState = 'connecting' | 'ready' | 'lost'

/** Longest wait between two attempts to reach an engine that is gone, milliseconds. */
const longestWait = 4000
/** How long finished jobs stay in the list, milliseconds. */
const lingering = 6000

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

export class Session {
  /** ready: calls are answered; lost: the engine died and is being restarted. */
  state = $state<ConnectionState>('connecting')
  /** Why there is no connection; null while there is one or it is only being made. */
  failure = $state.raw<Failure | null>(null)
  hello = $state.raw<OutputOf<'app.hello'> | null>(null)
  project = $state.raw<ProjectInfo | null>(null)
  /** All runs of the open project, newest first. */
  runs = $state.raw<readonly RunInfo[]>([])
  /** Jobs that run, wait or ended just now, oldest first. */
  jobs = $state.raw<readonly JobProgress[]>([])
  device = $state.raw<DeviceStatus | null>(null)
  /** Null: all is on disk. Otherwise why it is not. */
  unsaved = $state.raw<string | null>(null)
  /** Counts the connections made: a change means that what was asked for before may have to be asked again. */
  epoch = $state(0)

  #connection: Connection | null = null
  #listeners = new Map<EventKind, Set<(event: VariaEvent) => void>>()

  /** The run whose latents the manifold, the editor and the board show. */
  get run(): RunInfo | null {
    const id = this.project?.activeRun ?? null
    return id === null ? null : (this.runs.find((run) => run.id === id) ?? null)
  }

  /** The run that trains right now. */
  get training(): RunInfo | null {
    return this.runs.find((run) => run.state === 'training' || run.state === 'waiting') ?? null
  }

  /** Calls a procedure of the contract. Rejects with a VariaError, `engine-lost` while there is no connection. */
  readonly call: Client['call'] = (name, ...input) => {
    const connection = this.#connection
    if (connection === null) return Promise.reject(engineLost())
    return connection.call(name, ...input)
  }

  /** Takes over a project that a call just opened, before its event arrives; null when it was closed. */
  adopt(project: ProjectInfo | null): void {
    void this.#become(project).catch(() => undefined)
  }

  /** The job as it ended. Waits for it; rejects with its failure, or with `engine-lost` when the engine goes first. */
  finished(id: JobProgress['id']): Promise<JobProgress> {
    return new Promise((resolve, reject) => {
      const settle = (job: JobProgress): void => {
        if (job.id !== id || job.state === 'running' || job.state === 'paused') return
        for (const stop of stops) stop()
        if (job.state === 'done') resolve(job)
        else reject(job.failure === null ? cancelled(job.title) : fromFailure(job.failure))
      }
      const stops = [
        this.on('job', ({ job }) => settle(job)),
        this.#connection?.onClose(() => {
          for (const stop of stops) stop()
          reject(engineLost())
        }) ?? (() => undefined),
      ]
      // It may have ended before anybody asked.
      const known = this.jobs.find((job) => job.id === id)
      if (known !== undefined) settle(known)
    })
  }

  /** Listens to the events of one kind, across reconnections; returns how to stop. */
  on<Kind extends EventKind>(kind: Kind, listener: (event: EventOf<Kind>) => void): () => void {
    const set = this.#listeners.get(kind) ?? new Set()
    this.#listeners.set(kind, set)
    // A listener of one kind is only ever given events of that kind.
    const stored = listener as (event: VariaEvent) => void
    set.add(stored)
    return () => set.delete(stored)
  }

  /** Connects, and connects again whenever the engine is gone, until the returned function is called. */
  start(bridge: Pick<VariaBridge, 'connect'>): () => void {
    const stopped = new AbortController()
    void this.#keepConnected(bridge, stopped.signal)
    return () => {
      stopped.abort()
      this.#connection?.close()
    }
  }

  async #keepConnected(bridge: Pick<VariaBridge, 'connect'>, stopped: AbortSignal): Promise<void> {
    let wait = 200
    while (!stopped.aborted) {
      try {
        const connection = connect(await bridge.connect())
        const gone = new Promise<void>((resolve) => connection.onClose(resolve))
        connection.onEvent((told) => this.#hear(told))
        this.#connection = connection
        await this.#load(connection)
        this.failure = null
        this.state = 'ready'
        this.epoch += 1
        wait = 200
        await gone
      } catch (error) {
        this.failure = toFailure(error)
        this.#connection?.close()
      }
      this.#connection = null
      if (stopped.aborted) return
      this.state = 'lost'
      await pause(wait)
      wait = Math.min(wait * 2, longestWait)
    }
  }

  async #load(connection: Connection): Promise<void> {
    const [hello, project, jobs, device] = await Promise.all([
      connection.call('app.hello'),
      connection.call('project.info'),
      connection.call('jobs.list'),
      connection.call('app.device'),
    ])
    this.hello = hello
    this.jobs = jobs.filter((job) => job.state === 'running' || job.state === 'paused')
    this.device = device
    await this.#become(project, connection)
  }

  /** Takes over another project, or the same one as it is now, with its runs. */
  async #become(project: ProjectInfo | null, connection: Connection | null = this.#connection): Promise<void> {
    const other = project?.id !== this.project?.id
    if (other) this.runs = []
    this.project = project
    if (project === null || connection === null) return
    const runs = await connection.call('run.list')
    if (this.project?.id === project.id) this.runs = newestFirst(runs)
  }

  #hear(told: VariaEvent): void {
    switch (told.kind) {
      case 'project':
        // A failure to list the runs shows when they are asked for again; the project itself is known.
        void this.#become(told.project).catch(() => undefined)
        break
      case 'collection':
        if (this.project !== null) this.project = { ...this.project, collection: told.collection }
        break
      case 'run':
        this.runs = newestFirst([...this.runs.filter((run) => run.id !== told.run.id), told.run])
        break
      case 'job':
        this.#hearJob(told.job)
        break
      case 'device':
        this.device = told.device
        break
      case 'saved':
        this.unsaved = told.failure
        break
      case 'metrics':
      case 'pictures':
      case 'map':
      case 'board':
        break
    }
    for (const listener of this.#listeners.get(told.kind) ?? []) listener(told)
  }

  #hearJob(job: JobProgress): void {
    const known = this.jobs.some((other) => other.id === job.id)
    this.jobs = known ? this.jobs.map((other) => (other.id === job.id ? job : other)) : [...this.jobs, job]
    if (job.state === 'running' || job.state === 'paused') return
    setTimeout(() => {
      this.jobs = this.jobs.filter((other) => other.id !== job.id || other.state === 'running')
    }, lingering)
  }
}

function newestFirst(runs: readonly RunInfo[]): RunInfo[] {
  return [...runs].sort((a, b) => b.id - a.id)
}

/** The window's one session. */
export const session = new Session()
