import { describe, expect, it } from 'vitest'
import { type VariaEvent } from '../../src-main/contract/events'
import { StatusWatch } from '../../src-main/engine/status'

const project = (id: string): VariaEvent => ({
  kind: 'project',
  project: {
    id,
    name: `Project ${id}`,
    place: `/projects/${id}.varia`,
    formatVersion: 1,
    readOnly: null,
    collection: null,
    activeRun: null,
    interruptedImport: null,
    notices: [],
  },
})

type Run = Extract<VariaEvent, { kind: 'run' }>['run']
const run = (id: number, state: Run['state'], more: Partial<Run> = {}): VariaEvent => ({
  kind: 'run',
  run: { id, name: `Run ${id}`, state, seconds: 600, failure: null, ...more } as Run,
})

type Job = Extract<VariaEvent, { kind: 'job' }>['job']
const job = (id: string, kind: Job['kind'], state: Job['state'], failure: Job['failure'] = null): VariaEvent => ({
  kind: 'job',
  job: { id, kind, title: 'Importing vessels', state, failure } as Job,
})

describe('how things stand, by the events', () => {
  it('knows the open project and the runs that train', () => {
    const watch = new StatusWatch()
    expect(watch.hear(project('a')).changed).toBe(true)
    expect(watch.hear(project('a')).changed).toBe(false)
    expect(watch.hear(run(1, 'training')).changed).toBe(true)
    expect(watch.hear(run(1, 'training')).changed).toBe(false)
    expect(watch.status).toMatchObject({ project: { id: 'a', readOnly: false }, training: [1], jobs: 0 })
    expect(watch.hear(run(1, 'paused'))).toEqual({ changed: true, finished: null })
    expect(watch.status.training).toEqual([])
  })

  it('tells of a run that finished or failed by itself, once, and not of one that was stopped', () => {
    const watch = new StatusWatch()
    watch.hear(run(1, 'training'))
    expect(watch.hear(run(1, 'finished')).finished).toMatchObject({ name: 'Run 1', ended: 'finished' })
    expect(watch.hear(run(1, 'finished')).finished).toBeNull()
    watch.hear(run(2, 'training'))
    expect(watch.hear(run(2, 'failed', { failure: 'The disk is full.' })).finished).toEqual({
      name: 'Run 2',
      ended: 'failed',
      detail: 'The disk is full.',
    })
    watch.hear(run(3, 'training'))
    expect(watch.hear(run(3, 'stopped')).finished).toBeNull()
  })

  it('tells of other work that failed, once, and of none that was done or stopped', () => {
    const watch = new StatusWatch()
    const failure = { code: 'disk-full' as const, message: 'The disk is full.', remedy: 'Free some space.' }
    watch.hear(job('i', 'import', 'running'))
    expect(watch.hear(job('i', 'import', 'failed', failure))).toEqual({
      changed: true,
      finished: { name: 'Importing vessels', ended: 'failed', detail: 'The disk is full. Free some space.' },
    })
    expect(watch.hear(job('i', 'import', 'failed', failure)).finished).toBeNull()
    for (const state of ['done', 'cancelled'] as const) {
      watch.hear(job(state, 'map', 'running'))
      expect(watch.hear(job(state, 'map', state))).toEqual({ changed: true, finished: null })
    }
    // A run tells for itself.
    watch.hear(job('t', 'train', 'running'))
    expect(watch.hear(job('t', 'train', 'failed', failure)).finished).toBeNull()
  })

  it('says how long it learned in words', () => {
    const watch = new StatusWatch()
    const details = [30, 600, 9000].map((seconds, id) => {
      watch.hear(run(id, 'training'))
      return watch.hear(run(id, 'finished', { seconds })).finished?.detail
    })
    expect(details.map((detail) => /for (.*?)\. /.exec(detail ?? '')?.[1])).toEqual([
      '30 seconds',
      '10 minutes',
      '2.5 hours',
    ])
  })

  it('counts other jobs while they are under way', () => {
    const watch = new StatusWatch()
    watch.hear(job('i', 'import', 'running'))
    watch.hear(job('t', 'train', 'running'))
    expect(watch.status.jobs).toBe(1)
    expect(watch.hear(job('i', 'import', 'running')).changed).toBe(false)
    watch.hear(job('i', 'import', 'failed'))
    expect(watch.status.jobs).toBe(0)
  })

  it('forgets the runs of a project that was closed', () => {
    const watch = new StatusWatch()
    watch.hear(project('a'))
    watch.hear(run(1, 'training'))
    watch.hear({ kind: 'project', project: null })
    expect(watch.status).toEqual({ project: null, training: [], jobs: 0 })
  })
})
