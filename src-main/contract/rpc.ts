/**
 * The contract over any channel: one side serves handlers, the other calls them and listens to events. Both sides
 * validate; errors cross as failures; a channel that closes rejects every open call with `engine-lost`.
 */
import { createBirpc } from 'birpc'
import { z } from 'zod'
import { type Failure, failureSchema, fromFailure, toFailure, VariaError } from './errors'
import { event, type VariaEvent } from './events'
import { type Client, type Handlers, type ProcedureName, procedures } from './procedures'

/** A message pipe: a MessagePort, a WebSocket, a pair of functions in one process. */
export interface Channel {
  /** Typed arrays in a message must arrive as typed arrays. */
  post(message: unknown): void
  /** Calls back for each message; returns how to stop. */
  onMessage(listener: (message: unknown) => void): () => void
  /** Calls back once when the other side is gone; returns how to stop. */
  onClose(listener: () => void): () => void
}

type Answer = { ok: true; value: unknown } | { ok: false; failure: Failure }

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
])

interface ServerFunctions {
  call(name: unknown, input: unknown): Promise<Answer>
}
interface ClientFunctions {
  emit(event: unknown): void
}

/**
 * What may reach birpc: a call or its answer in birpc's own envelope. Anything else would make it look up a property of
 * that name, or fail outside any handler, so it is dropped here.
 */
const callEnvelope = (method: string): z.ZodType =>
  z.object({
    t: z.literal('q'),
    m: z.literal(method),
    a: z.array(z.unknown()).max(2),
    i: z.string().max(64).optional(),
  })
const answerEnvelope = z.object({ t: z.literal('s'), i: z.string().max(64) })

function onlyEnvelopes(channel: Channel, envelope: z.ZodType, listener: (message: unknown) => void): () => void {
  return channel.onMessage((message) => {
    if (envelope.safeParse(message).success) listener(message)
  })
}

function isProcedureName(name: unknown): name is ProcedureName {
  return typeof name === 'string' && Object.hasOwn(procedures, name)
}

function badRequest(name: string, error: z.ZodError): VariaError {
  const first = error.issues[0]
  const where = first === undefined || first.path.length === 0 ? 'its input' : first.path.join('.')
  return new VariaError({
    code: 'bad-request',
    message: `${name} can't take ${where}: ${first?.message ?? 'not understood'}.`,
    remedy: `Correct ${where} and try again.`,
    subject: where,
  })
}

/**
 * Checks `input` against the procedure's schema and calls its handler. In-process doors use it too, so that a rule holds
 * at every door.
 */
export async function callHandler(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (!isProcedureName(name)) {
    throw new VariaError({
      code: 'bad-request',
      message: 'Varia was asked for something it does not know.',
      remedy: 'The window and the engine may be of different versions: restart Varia.',
    })
  }
  const parsed = procedures[name].input.safeParse(input)
  if (!parsed.success) throw badRequest(name, parsed.error)
  // The registry ties each handler to its own schema; TypeScript can't follow that through a union of names.
  const handler = handlers[name] as (input: unknown, context: { signal: AbortSignal }) => Promise<unknown>
  return handler(parsed.data, { signal })
}

export interface ServeOptions {
  readonly handlers: Handlers
  /** Registers a listener for all events; returns how to stop. */
  readonly subscribe: (listener: (event: VariaEvent) => void) => () => void
  /** Told of failures that are bugs, for the log. */
  readonly onInternalError?: (error: unknown, procedure: string) => void
}

/** Serves the contract on a channel until it closes or the returned function is called. */
export function serve(channel: Channel, options: ServeOptions): () => void {
  const gone = new AbortController()
  const functions: ServerFunctions = {
    async call(name, input) {
      try {
        return { ok: true, value: await callHandler(options.handlers, name, input, gone.signal) }
      } catch (error) {
        const failure = toFailure(error)
        if (failure.code === 'internal') options.onInternalError?.(error, String(name))
        return { ok: false, failure }
      }
    },
  }
  const off: (() => void)[] = []
  const rpc = createBirpc<ClientFunctions, ServerFunctions>(functions, {
    post: (message) => {
      channel.post(message)
    },
    on: (listener) => {
      off.push(onlyEnvelopes(channel, callEnvelope('call'), listener))
    },
    eventNames: ['emit'],
    timeout: -1,
    // A malformed message must not take the engine down.
    onGeneralError: () => true,
    onFunctionError: () => true,
  })
  off.push(
    options.subscribe((told) => {
      // A channel that breaks while an event is under way tells so by onClose.
      if (!gone.signal.aborted) rpc.emit(told).catch(() => undefined)
    }),
  )
  const close = (): void => {
    if (gone.signal.aborted) return
    gone.abort()
    for (const stop of off) stop()
    rpc.$close()
  }
  off.push(channel.onClose(close))
  return close
}

export interface Connection extends Client {
  /** Listens to all events; returns how to stop. */
  onEvent(listener: (event: VariaEvent) => void): () => void
  /** Calls back once when the engine is gone; returns how to stop. */
  onClose(listener: () => void): () => void
  close(): void
}

/** The error of every call that the engine's end left open. */
export function engineLost(): VariaError {
  return new VariaError({
    code: 'engine-lost',
    message: 'The connection to the engine was lost.',
    remedy: 'Varia restarts it and goes on from the last checkpoint; try again in a moment.',
  })
}

/** Connects to the other end of a channel that {@link serve} serves. */
export function connect(channel: Channel): Connection {
  const listeners = new Set<(event: VariaEvent) => void>()
  const closeListeners = new Set<() => void>()
  const open = new Set<(error: VariaError) => void>()
  let closed = false
  const functions: ClientFunctions = {
    emit(told) {
      const parsed = event.safeParse(told)
      if (parsed.success) for (const listener of listeners) listener(parsed.data)
    },
  }
  const off: (() => void)[] = []
  const rpc = createBirpc<ServerFunctions, ClientFunctions>(functions, {
    post: (message) => {
      channel.post(message)
    },
    on: (listener) => {
      off.push(onlyEnvelopes(channel, z.union([callEnvelope('emit'), answerEnvelope]), listener))
    },
    timeout: -1,
  })
  const close = (): void => {
    if (closed) return
    closed = true
    for (const stop of off) stop()
    for (const reject of open) reject(engineLost())
    open.clear()
    rpc.$close()
    for (const listener of closeListeners) listener()
  }
  off.push(channel.onClose(close))

  const call = async (name: ProcedureName, input?: unknown): Promise<unknown> => {
    if (closed) throw engineLost()
    const { promise, reject } = lostRace()
    open.add(reject)
    try {
      const told = answer.parse(await Promise.race([rpc.call(name, input), promise]))
      if (!told.ok) throw fromFailure(told.failure)
      return procedures[name].output.parse(told.value)
    } finally {
      open.delete(reject)
    }
  }
  return {
    // The output was parsed with the schema its type comes from.
    call: call as Client['call'],
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose(listener) {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    close,
  }
}

function lostRace(): { promise: Promise<never>; reject: (error: VariaError) => void } {
  let reject: (error: VariaError) => void = () => undefined
  const promise = new Promise<never>((_, no) => {
    reject = no
  })
  promise.catch(() => undefined)
  return { promise, reject }
}
