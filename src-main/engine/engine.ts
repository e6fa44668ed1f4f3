/** The engine: one studio, served to every window that its parent sends. */
import { type EngineStart, type FromEngine, type ToEngine, toEngine } from '../contract/engine-control'
import { engineLost, serve } from '../contract/rpc'
import { toFailure, VariaError } from '../contract/errors'
import { type GrantPurpose } from '../studio/grants'
import { createStudio, type Studio } from '../studio/studio'
import { type FedChannel, fedChannel, portChannel } from './channels'
import { type EnginePort, type ParentPort } from './parent-port'
import { restoreWork } from './restore'
import { StatusWatch } from './status'

const revealable: readonly GrantPurpose[] = ['export', 'open-project', 'create-project', 'import', 'attributes']

/** The path behind a grant of any purpose that its user may be shown. */
function placeOf(studio: Studio, grant: string): string {
  for (const purpose of revealable) {
    try {
      return studio.grants.resolve(grant, purpose).path
    } catch {
      // Granted for another purpose, or not at all: the last one decides.
    }
  }
  throw new VariaError({
    code: 'not-allowed',
    message: 'Varia does not know that place any more.',
    remedy: 'Look for it in your file browser.',
  })
}

/** Hosts a studio for the parent until it says `shutdown` or goes away. `exit` ends the process. */
export function runEngine(parent: ParentPort, exit: (code: number) => void): void {
  let studio: Promise<Studio> | null = null
  /** Windows whose messages the parent carries. */
  const relayed = new Map<number, FedChannel>()
  const stops = new Map<number, () => void>()
  const say = (message: FromEngine): void => {
    parent.post(message)
  }
  const log = (line: string): void => {
    say({ type: 'log', line })
  }

  async function start(options: EngineStart): Promise<Studio> {
    const made = await createStudio({
      dataFolder: options.dataFolder,
      projectsFolder: options.projectsFolder,
      version: options.version,
      door: 'desktop',
      log,
      ...(options.backend === undefined ? {} : { backend: options.backend }),
    })
    const watch = new StatusWatch()
    made.subscribe((event) => {
      const { changed, finished } = watch.hear(event)
      // How it ended comes first: that the work has ended may end the application where no window is open.
      if (finished !== null) say({ type: 'finished', ...finished })
      if (changed) say({ type: 'status', status: watch.status })
    })
    const failure = options.restore === null ? null : await restoreWork(made.handlers, options.restore)
    say({ type: 'ready', failure })
    return made
  }

  async function addClient(client: number, port: EnginePort | undefined): Promise<void> {
    // The channel keeps what it is sent, so that nothing is lost while the studio still starts.
    const channel = port === undefined ? relay(client) : portChannel(port)
    channel.onClose(() => stops.delete(client))
    const { handlers, subscribe } = await started()
    const onInternalError = (error: unknown, procedure: string): void => {
      log(`${procedure}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    stops.set(client, serve(channel, { handlers, subscribe, onInternalError }))
  }

  function relay(client: number): FedChannel {
    const channel = fedChannel((message) => {
      say({ type: 'relay', client, message })
    })
    relayed.set(client, channel)
    return channel
  }

  function started(): Promise<Studio> {
    return studio ?? Promise.reject(engineLost())
  }

  async function answer(request: number, work: (made: Studio) => FromEngine): Promise<void> {
    try {
      say(work(await started()))
    } catch (error) {
      say({ type: 'failed', request, failure: toFailure(error) })
    }
  }

  async function end(): Promise<void> {
    try {
      for (const stop of stops.values()) stop()
      await (await started()).close()
    } catch (error) {
      log(`while closing: ${toFailure(error).message}`)
    }
    leave(0)
  }

  /** Ends the process once what was said last has had time to leave it. */
  function leave(code: number): void {
    setTimeout(() => {
      exit(code)
    }, 50)
  }

  async function hear(message: ToEngine, ports: readonly EnginePort[]): Promise<void> {
    switch (message.type) {
      case 'start':
        studio ??= start(message.start)
        try {
          await studio
        } catch (error) {
          say({ type: 'refused', failure: toFailure(error) })
          leave(3)
        }
        return
      case 'client':
        return addClient(message.client, ports[0])
      case 'relay':
        relayed.get(message.client)?.feed(message.message)
        return
      case 'gone':
        relayed.get(message.client)?.end()
        relayed.delete(message.client)
        return
      case 'grant':
        return answer(message.request, (made) => ({
          type: 'granted',
          request: message.request,
          grants: message.grants.map(({ path, kind, purpose }) => made.grants.grant(path, { kind, purpose })),
        }))
      case 'place':
        return answer(message.request, (made) => ({
          type: 'placed',
          request: message.request,
          path: placeOf(made, message.grant),
        }))
      case 'shutdown':
        return end()
    }
  }

  parent.onMessage((message, ports) => {
    const parsed = toEngine.safeParse(message)
    if (!parsed.success) return
    hear(parsed.data, ports).catch((error: unknown) => {
      log(`${parsed.data.type}: ${toFailure(error).message}`)
    })
  })
  parent.onClose(() => {
    void end()
  })
}
