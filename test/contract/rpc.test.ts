import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { VariaError } from '../../src-main/contract/errors'
import { type VariaEvent } from '../../src-main/contract/events'
import { type Handlers, type ProcedureName, procedures } from '../../src-main/contract/procedures'
import { type Channel, connect, serve } from '../../src-main/contract/rpc'
import { channelPair } from '../../src-main/engine/channels'

type Called = { name: ProcedureName; input: unknown }

/** Handlers that note what reaches them and answer as told. */
function noting(answers: Partial<Handlers> = {}): { handlers: Handlers; calls: Called[] } {
  const calls: Called[] = []
  const entries = (Object.keys(procedures) as ProcedureName[]).map((name) => [
    name,
    (input: unknown, context: unknown) => {
      calls.push({ name, input })
      const answer = answers[name] as ((input: unknown, context: unknown) => Promise<unknown>) | undefined
      return answer === undefined ? Promise.resolve(undefined) : answer(input, context)
    },
  ])
  return { handlers: Object.fromEntries(entries) as Handlers, calls }
}

const silent = (): (() => void) => () => undefined

function joined(answers: Partial<Handlers> = {}) {
  const [here, there] = channelPair()
  const { handlers, calls } = noting(answers)
  const tell = new Set<(event: VariaEvent) => void>()
  const stop = serve(there, {
    handlers,
    subscribe: (listener) => {
      tell.add(listener)
      return () => tell.delete(listener)
    },
  })
  return { connection: connect(here), calls, here, there, stop, tell }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

describe('the contract over a channel', () => {
  it('brings input to its handler with defaults filled in, and the answer back', async () => {
    const { connection, calls } = joined({ 'collection.items': async () => ({ total: 0, items: [] }) })
    expect(await connection.call('collection.items', { search: 'chair' })).toEqual({ total: 0, items: [] })
    expect(calls[0]?.input).toMatchObject({ search: 'chair', limit: 500, sort: 'added' })
  })

  it('carries typed arrays as typed arrays, both ways', async () => {
    const pictures = { count: 2, width: 1, height: 1, channels: 3 as const, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }
    const { connection, calls } = joined({ 'latent.decode': async () => ({ pictures, typicality: [] }) })
    const latents = Float32Array.of(0.5, -1, 2, 3)
    const decoded = await connection.call('latent.decode', { run: 1, count: 2, latents })
    expect(decoded.pictures.data).toBeInstanceOf(Uint8Array)
    expect(decoded.pictures).toEqual(pictures)
    expect((calls[0]?.input as { latents: unknown }).latents).toEqual(latents)
  })

  it('keeps code, message, remedy and subject of an error', async () => {
    const failure = {
      code: 'project-locked' as const,
      message: 'In use.',
      remedy: 'Close it there.',
      subject: 'A.varia',
    }
    const { connection } = joined({ 'project.close': () => Promise.reject(new VariaError(failure)) })
    const caught = await connection.call('project.close').catch((error: unknown) => error)
    expect(caught).toBeInstanceOf(VariaError)
    expect((caught as VariaError).toFailure()).toEqual(failure)
  })

  it('says that a fault nobody foresaw is internal, without its stack', async () => {
    const { connection } = joined({ 'project.close': () => Promise.reject(new TypeError('x is undefined')) })
    await expect(connection.call('project.close')).rejects.toMatchObject({
      code: 'internal',
      message: 'x is undefined',
    })
  })

  it('refuses input that does not fit, naming the field, before any handler sees it', async () => {
    const { connection, calls } = joined()
    const rated = connection.call('collection.rate', { ids: [1], rating: 9 })
    await expect(rated).rejects.toMatchObject({ code: 'bad-request', subject: 'rating' })
    expect(calls).toEqual([])
  })

  it('refuses an answer that does not fit its schema', async () => {
    const { connection } = joined({ 'run.list': async () => [{ nonsense: true }] as never })
    await expect(connection.call('run.list')).rejects.toThrow()
  })

  it('brings events to every listener, and drops what is none', async () => {
    const { connection, tell } = joined()
    const heard: VariaEvent[] = []
    connection.onEvent((event) => heard.push(event))
    for (const listener of tell) {
      listener({ kind: 'board' })
      listener({ kind: 'nonsense' } as never)
    }
    await settled()
    expect(heard).toEqual([{ kind: 'board' }])
  })

  it('rejects open and later calls with engine-lost once the channel closes', async () => {
    const { connection, there } = joined({ 'project.close': () => new Promise(() => undefined) })
    const closed = vi.fn()
    connection.onClose(closed)
    const open = connection.call('project.close')
    await settled()
    there.end()
    connection.close()
    await expect(open).rejects.toMatchObject({ code: 'engine-lost' })
    await expect(connection.call('project.close')).rejects.toMatchObject({ code: 'engine-lost' })
    expect(closed).toHaveBeenCalledTimes(1)
  })

  it('tells handlers when their caller goes away', async () => {
    let signal: AbortSignal | undefined
    const { connection, there } = joined({
      'project.close': (_input, context) => {
        signal = context.signal
        return new Promise(() => undefined)
      },
    })
    connection.call('project.close').catch(() => undefined)
    await settled()
    expect(signal?.aborted).toBe(false)
    there.end()
    expect(signal?.aborted).toBe(true)
    connection.close()
  })

  it('lives on when a channel throws while an event is sent', async () => {
    const broken: Channel = {
      post: () => {
        throw new Error('gone')
      },
      onMessage: silent,
      onClose: silent,
    }
    const tell = new Set<(event: VariaEvent) => void>()
    serve(broken, { handlers: noting().handlers, subscribe: (listener) => (tell.add(listener), silent()) })
    for (const listener of tell) listener({ kind: 'board' })
    await settled()
  })
})

describe('whatever else comes through the channel', () => {
  /** Handlers that may be reached by chance: those that take no input at all. */
  const inputless = new Set(
    (Object.keys(procedures) as ProcedureName[]).filter((name) => procedures[name].input.safeParse(undefined).success),
  )

  it('never reaches a handler: random values in place of messages', async () => {
    const { here, calls } = joined()
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true, withTypedArray: true }), async (message) => {
        here.post(message)
        await Promise.resolve()
      }),
      { numRuns: 2000, seed: 7 },
    )
    await settled()
    expect(calls).toEqual([])
  })

  it('never reaches a handler: random JSON for every procedure', async () => {
    const { here, calls } = joined()
    const names = Object.keys(procedures) as ProcedureName[]
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, input) => {
        fc.pre(!procedures[name].input.safeParse(input).success)
        here.post({ t: 'q', m: 'call', a: [name, input], i: 'x' })
      }),
      { numRuns: 3000, seed: 11 },
    )
    await settled()
    expect(calls).toEqual([])
    expect(inputless.size).toBeGreaterThan(0)
  })

  it('is not taken for a property of an object: names out of the prototype chain', async () => {
    const { here, calls } = joined()
    const answers: unknown[] = []
    here.onMessage((message) => answers.push(message))
    for (const m of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'call ', 'emit']) {
      here.post({ t: 'q', m, a: ['project.info'], i: 'x' })
    }
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      here.post({ t: 'q', m: 'call', a: [name, undefined], i: 'y' })
    }
    await settled()
    expect(calls).toEqual([])
    expect(answers).toHaveLength(4)
    for (const answer of answers) {
      expect(answer).toMatchObject({ r: { ok: false, failure: { code: 'bad-request' } } })
    }
  })
})
