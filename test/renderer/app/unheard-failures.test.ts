import { beforeEach, describe, expect, it } from 'vitest'
import { type Failure } from '../../../src-main/contract/errors'
import { type JobId, jobId, type JobProgress } from '../../../src-main/contract/jobs'
import type { Session } from '../../../src-renderer/app/session.svelte'
import { UnheardFailures } from '../../../src-renderer/app/unheard-failures'

const full: Failure = { code: 'disk-full', message: 'The disk is full.', remedy: 'Free some space.' }

function job(id: string, failure: Failure | null = null): JobProgress {
  return {
    id: jobId.parse(id),
    kind: 'import',
    title: 'Importing vessels',
    state: failure === null ? 'running' : 'failed',
    done: 3,
    total: 10,
    unit: 'pictures',
    detail: '',
    secondsLeft: null,
    canPause: false,
    failure,
  }
}

/** An engine that lists jobs and forgets those it is told to, seen by windows of which each has its own connection. */
class Engine {
  jobs: JobProgress[] = []
  readonly windows: { session: { epoch: number; state: Session['state'] }; failures: UnheardFailures }[] = []

  open() {
    const told: string[] = []
    const call = ((name: string, input?: { job: JobId }) => {
      if (name === 'jobs.forget') this.jobs = this.jobs.filter(({ id }) => id !== input?.job)
      return Promise.resolve(name === 'jobs.list' ? [...this.jobs] : undefined)
    }) as Session['call']
    const session = { call, epoch: 1, state: 'ready' as Session['state'] }
    const failures = new UnheardFailures(session, ({ message, remedy }, missed) =>
      told.push(`${missed ? 'stays: ' : ''}${message} ${remedy}`),
    )
    const window = { session, failures, told }
    this.windows.push(window)
    return window
  }

  /** Everybody hears it, and it is listed from now on. */
  tell(job: JobProgress): void {
    this.jobs = [...this.jobs.filter(({ id }) => id !== job.id), job]
    for (const { failures } of this.windows) failures.hear(job)
  }
}

describe('a failure that nobody waits for', () => {
  let engine: Engine
  beforeEach(() => {
    engine = new Engine()
  })

  it('while no window was open is told by the next one that opens, with its remedy, and by no other', async () => {
    engine.jobs = [job('a', full), job('b')]
    const first = engine.open()
    await first.failures.look()
    expect(first.told).toEqual([
      'stays: Importing vessels failed while you were away. The disk is full. Free some space.',
    ])
    const second = engine.open()
    await second.failures.look()
    expect(second.told).toEqual([])
  })

  it('of work that was there when the page was loaded anew is told when it comes', async () => {
    engine.jobs = [job('a')]
    const window = engine.open()
    await window.failures.look()
    engine.tell(job('a', full))
    expect(window.told).toEqual(['The disk is full. Free some space.'])
  })

  it('is left to whoever started the work in this window, and no later window tells it', async () => {
    const window = engine.open()
    await window.failures.look()
    engine.tell(job('a'))
    engine.tell(job('a', full))
    expect(window.told).toEqual([])
    const later = engine.open()
    await later.failures.look()
    expect(later.told).toEqual([])
  })

  it('is not lost when it comes between the connection and the first look', async () => {
    const window = engine.open()
    engine.tell(job('a', full))
    await window.failures.look()
    expect(window.told).toHaveLength(1)
  })

  it('of work that was started here is told after a broken connection, since its starter gave up', async () => {
    const window = engine.open()
    await window.failures.look()
    engine.tell(job('a'))
    window.session.state = 'lost'
    engine.tell(job('a', full))
    window.session.state = 'ready'
    window.session.epoch = 2
    await window.failures.look()
    expect(window.told).toEqual([
      'stays: Importing vessels failed while you were away. The disk is full. Free some space.',
    ])
  })
})
