/**
 * A studio in a process of its own, to be killed: `node --import tsx child.ts DATA COMMAND JSON`. It writes a line of JSON
 * for each event worth acting on, and `{"done":...}` at its end.
 */
import { type VariaEvent } from '../../src-main/contract/events'
import { type InputOf, type OutputOf, type ProcedureName } from '../../src-main/contract/procedures'
import { callHandler } from '../../src-main/contract/rpc'
import { createStudio } from '../../src-main/studio/studio'

interface Order {
  /** Seconds between checkpoints. */
  readonly checkpointSeconds?: number
  /** Calls one after the other; one that starts a job waits for its end. */
  readonly calls: readonly { readonly name: ProcedureName; readonly input?: unknown }[]
}

async function main(): Promise<void> {
  const [dataFolder = '', place = '', text = '{}'] = process.argv.slice(2)
  const order = JSON.parse(text) as Order
  const studio = await createStudio({
    dataFolder,
    door: 'cli',
    version: '0.0.0-test',
    backend: 'cpu',
    ...(order.checkpointSeconds === undefined ? {} : { checkpointSeconds: order.checkpointSeconds }),
  })
  const say = (line: unknown): void => {
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  const ended = new Map<string, string>()
  studio.subscribe((event: VariaEvent) => {
    if (event.kind === 'metrics') say({ step: event.points[0]?.step, split: event.points[0]?.split })
    if (event.kind === 'job' && event.job.state !== 'running' && event.job.state !== 'paused') {
      ended.set(event.job.id, event.job.failure?.message ?? event.job.state)
    }
    if (event.kind === 'job') say({ job: event.job.kind, state: event.job.state, done: event.job.done })
  })
  const signal = new AbortController().signal
  const call = async <Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> =>
    (await callHandler(studio.handlers, name, input, signal)) as OutputOf<Name>
  for (const { name, input } of order.calls) {
    const filled = fill(input, {
      PROJECT: () => studio.grants.grant(place, { kind: 'folder', purpose: 'open-project' }),
      NEW: () => studio.grants.grant(place, { kind: 'folder', purpose: 'create-project' }),
      OUT: () => studio.grants.grant(`${place}-out`, { kind: 'folder', purpose: 'export' }),
    })
    const answer: unknown = await callHandler(studio.handlers, name, filled, signal)
    const job = (answer as { job?: string } | undefined)?.job
    while (job !== undefined && !ended.has(job)) await new Promise((resolve) => setTimeout(resolve, 10))
    say({ called: name, end: job === undefined ? 'done' : ended.get(job) })
  }
  await call('project.close', undefined)
  await studio.close()
  say({ done: true })
}

/** Grants can't be written down beforehand: words in capitals stand for them. */
function fill(input: unknown, words: Record<string, () => string>): unknown {
  if (typeof input === 'string') return words[input]?.() ?? input
  if (Array.isArray(input)) return input.map((entry) => fill(entry, words))
  if (typeof input !== 'object' || input === null) return input
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, fill(value, words)]))
}

void main()
