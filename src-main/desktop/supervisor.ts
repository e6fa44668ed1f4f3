/**
 * Keeps an engine running: starts it, connects windows to it, starts it again when it dies and tells the new one what the
 * old one had in hand. Knows nothing of Electron, so that it is tested with real processes under plain Node.
 */
import {
  type EngineStart,
  type EngineStatus,
  type FromEngine,
  fromEngine,
  type GrantRequest,
  type Restore,
  type ToEngine,
} from '../contract/engine-control'
import { type Failure, fromFailure } from '../contract/errors'
import { type GrantId } from '../contract/project'
import { engineLost } from '../contract/rpc'
import { type EngineHost, type WindowPort } from './engine-host'
import { nextRestart, type Restart } from './restart-policy'

export interface SupervisorOptions {
  readonly startHost: () => EngineHost
  readonly start: Omit<EngineStart, 'restore'>
  readonly onStatus?: (status: EngineStatus) => void
  readonly onFinished?: (work: { name: string; ended: 'finished' | 'failed'; detail: string }) => void
  /** The engine is up; `failure`: what could not be taken up again. `restarted`: it had died before. */
  readonly onReady?: (failure: Failure | null, restarted: boolean) => void
  /** It died and will not be started again unless asked. */
  readonly onGivenUp?: (failure: Failure) => void
  readonly log?: (line: string) => void
}

type Reply = Extract<FromEngine, { type: 'granted' | 'placed' }>
interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

const idle: EngineStatus = { project: null, training: [], jobs: 0 }

/** Milliseconds the engine is given to pause training and close the project. */
const closingTime = 20_000

export class EngineSupervisor {
  readonly #options: SupervisorOptions
  #host: EngineHost | null = null
  #status: EngineStatus = idle
  #ready = false
  #ending = false
  #givenUp: Failure | null = null
  /** What the next engine is to take up again; kept from the last moment all was well. */
  #restore: Restore | null = null
  #deaths: number[] = []
  #timer: NodeJS.Timeout | null = null
  #nextNumber = 1
  readonly #waiting = new Map<number, Waiting>()
  /** Windows whose messages are carried, by client number. */
  readonly #carried = new Map<number, WindowPort>()
  /** Calls back when a host has been started (or never will be). */
  readonly #awaitingHost = new Set<() => void>()

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  get status(): EngineStatus {
    return this.#status
  }

  /** Whether an engine is starting, perhaps after one that died: its status does not yet tell what it will take up. */
  get isComingBack(): boolean {
    return !this.#ready && this.#givenUp === null
  }

  /** Of the engine's process, for tests and the log. */
  get pid(): number | undefined {
    return this.#host?.pid
  }

  /** Starts the engine, with nothing open if it was given up before; does nothing when it is there. */
  start(): void {
    if (this.#host !== null || this.#ending) return
    if (this.#givenUp !== null) this.#restore = null
    this.#givenUp = null
    this.#launch({ delay: 0, reopen: true, resume: true }, false)
  }

  /**
   * Connects a window's port. Waits while the engine restarts.
   * @throws VariaError `engine-lost`, or why the engine refused, once it was given up.
   */
  async addClient(port: WindowPort): Promise<void> {
    const host = await this.#hostWhenThere()
    const client = this.#nextNumber++
    const message: ToEngine = { type: 'client', client }
    if (host.sendPort(message, port)) return
    host.post(message)
    this.#carried.set(client, port)
    port.on('message', ({ data }) => {
      if (this.#carried.has(client)) host.post({ type: 'relay', client, message: data })
    })
    port.on('close', () => {
      if (this.#carried.delete(client)) host.post({ type: 'gone', client })
    })
    port.start()
  }

  /** Grants for paths that a system dialog or a drop gave. */
  async grant(grants: readonly GrantRequest[]): Promise<GrantId[]> {
    const reply = await this.#ask((request) => ({ type: 'grant', request, grants: [...grants] }))
    return reply.type === 'granted' ? reply.grants : []
  }

  /** The path behind a grant. */
  async place(grant: string): Promise<string> {
    const reply = await this.#ask((request) => ({ type: 'place', request, grant }))
    if (reply.type !== 'placed') throw engineLost()
    return reply.path
  }

  /** Ends the engine politely: training is paused with a checkpoint. Resolves when the process is gone. */
  async shutdown(): Promise<void> {
    this.#ending = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#wakeWaiting()
    const host = this.#host
    if (host === null) return
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => {
        this.#log('the engine took too long to end and was stopped')
        host.kill()
      }, closingTime)
      host.onExit(() => {
        clearTimeout(late)
        resolve()
      })
      host.post({ type: 'shutdown' })
    })
  }

  #launch(how: Restart, restarted: boolean): void {
    const restore = how.reopen ? this.#restore : null
    const host = this.#options.startHost()
    this.#host = host
    this.#ready = false
    host.onMessage((message) => {
      const parsed = fromEngine.safeParse(message)
      if (parsed.success && this.#host === host) this.#hear(parsed.data, restarted)
    })
    host.onExit((code) => {
      if (this.#host === host) this.#buried(code)
    })
    const kept = restore === null || how.resume ? restore : { ...restore, runs: [] }
    host.post({ type: 'start', start: { ...this.#options.start, restore: kept } })
    this.#wakeWaiting()
  }

  #hear(message: FromEngine, restarted: boolean): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true
        this.#remember()
        this.#options.onReady?.(message.failure, restarted)
        return
      case 'refused':
        this.#log(`the engine refused to start: ${message.failure.message}`)
        this.#givenUp = message.failure
        return
      case 'status':
        this.#status = message.status
        this.#remember()
        this.#options.onStatus?.(message.status)
        return
      case 'finished':
        this.#options.onFinished?.(message)
        return
      case 'relay':
        this.#carried.get(message.client)?.postMessage(message.message)
        return
      case 'log':
        this.#log(message.line)
        return
      case 'granted':
      case 'placed':
        this.#waiting.get(message.request)?.resolve(message)
        this.#waiting.delete(message.request)
        return
      case 'failed':
        this.#waiting.get(message.request)?.reject(fromFailure(message.failure))
        this.#waiting.delete(message.request)
    }
  }

  /** Until an engine is ready its status says only how far it came in taking things up again. */
  #remember(): void {
    if (!this.#ready) return
    const { project, training } = this.#status
    this.#restore = project === null ? null : { project: project.id, readOnly: project.readOnly, runs: [...training] }
  }

  #buried(code: number | null): void {
    this.#host = null
    this.#ready = false
    for (const { reject } of this.#waiting.values()) reject(engineLost())
    this.#waiting.clear()
    // A carried port tells its window by closing, as a port straight to the engine does by itself.
    for (const port of this.#carried.values()) port.close()
    this.#carried.clear()
    this.#status = idle
    if (this.#ending) return
    this.#options.onStatus?.(idle)
    this.#deaths.push(Date.now())
    this.#log(`the engine died (code ${String(code)})`)
    const next = this.#givenUp === null ? nextRestart(this.#deaths) : null
    if (next === null) {
      this.#giveUp()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#launch(next, true)
    }, next.delay)
  }

  #giveUp(): void {
    this.#givenUp ??= {
      code: 'engine-lost',
      message: 'The engine stopped several times in a row.',
      remedy:
        'Everything up to the last checkpoint is saved. Close other programs and start it again, or restart Varia.',
    }
    this.#deaths = []
    this.#wakeWaiting()
    this.#options.onGivenUp?.(this.#givenUp)
  }

  async #hostWhenThere(): Promise<EngineHost> {
    while (this.#host === null) {
      if (this.#ending) throw engineLost()
      if (this.#givenUp !== null) throw fromFailure(this.#givenUp)
      await new Promise<void>((resolve) => this.#awaitingHost.add(resolve))
    }
    return this.#host
  }

  async #ask(message: (request: number) => ToEngine): Promise<Reply> {
    const host = await this.#hostWhenThere()
    const request = this.#nextNumber++
    return new Promise<Reply>((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject })
      host.post(message(request))
    })
  }

  #wakeWaiting(): void {
    for (const wake of [...this.#awaitingHost]) wake()
    this.#awaitingHost.clear()
  }

  #log(line: string): void {
    this.#options.log?.(line)
  }
}
