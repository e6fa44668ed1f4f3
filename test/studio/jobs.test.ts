import { describe, expect, test } from 'vitest'
import { VariaError } from '../../src-main/contract/errors'
import { type VariaEvent } from '../../src-main/contract/events'
import { jobId } from '../../src-main/contract/jobs'
import { type Job, Jobs } from '../../src-main/studio/jobs/jobs'

function recorded(): { jobs: Jobs; states: string[] } {
  const states: string[] = []
  const jobs = new Jobs((event: VariaEvent) => {
    if (event.kind === 'job') states.push(event.job.state)
  })
  return { jobs, states }
}

/** Work that goes on until it is stopped, looking up every few milliseconds. */
async function endless(job: Job): Promise<never> {
  for (;;) {
    await job.goOn()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a job', () => {
  test('tells that it runs and that it is done, and hands over its result', async () => {
    const { jobs, states } = recorded()
    const job = jobs.start({ kind: 'map', title: 'Mapping', unit: '%', run: () => Promise.resolve(42) })
    expect(await job.result).toBe(42)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(states.at(0)).toBe('running')
    expect(states.at(-1)).toBe('done')
    expect(jobs.list()[0]).toMatchObject({ id: job.id, state: 'done', failure: null })
  })

  test('that fails keeps the reason and the remedy', async () => {
    const { jobs } = recorded()
    const fail = new VariaError({ code: 'disk-full', message: 'The disk is full.', remedy: 'Make room.' })
    const job = jobs.start({ kind: 'export', title: 'Exporting', unit: 'files', run: () => Promise.reject(fail) })
    await expect(job.result).rejects.toThrow('The disk is full.')
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(jobs.list()[0]).toMatchObject({ state: 'failed', failure: { code: 'disk-full', remedy: 'Make room.' } })
  })

  test('is listed after its end until it is forgotten, which one under way never is', async () => {
    const { jobs } = recorded()
    const fail = new VariaError({ code: 'disk-full', message: 'The disk is full.', remedy: 'Make room.' })
    const ended = jobs.start({ kind: 'map', title: 'Mapping', unit: '%', run: () => Promise.reject(fail) })
    const alive = jobs.start({ kind: 'train', title: 'Learning', unit: 'epochs', run: endless })
    await expect(ended.result).rejects.toThrow('The disk is full.')
    await new Promise((resolve) => setTimeout(resolve, 0))
    for (const id of [ended.id, alive.id, ended.id, jobId.parse('unknown')]) jobs.forget(id)
    expect(jobs.list().map(({ id }) => id)).toEqual([alive.id])
    const stopped = expect(alive.result).rejects.toMatchObject({ code: 'cancelled' })
    await jobs.cancel(alive.id)
    await stopped
  })

  test('stops within a second of being cancelled, also while it is paused', async () => {
    const { jobs } = recorded()
    const options = { kind: 'train' as const, title: 'Learning', unit: 'epochs', canPause: true, run: endless }
    for (const pause of [false, true]) {
      const job = jobs.start(options)
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (pause) jobs.pause(job.id)
      const began = performance.now()
      await jobs.cancel(job.id)
      expect(performance.now() - began).toBeLessThan(1000)
      await expect(job.result).rejects.toMatchObject({ code: 'cancelled' })
      expect(jobs.list().find(({ id }) => id === job.id)?.state).toBe('cancelled')
    }
  })

  test('does nothing while it is paused and goes on when it is resumed', async () => {
    const { jobs } = recorded()
    let turns = 0
    const job = jobs.start({
      kind: 'train',
      title: 'Learning',
      unit: 'epochs',
      canPause: true,
      run: async (running) => {
        for (;;) {
          await running.goOn()
          turns++
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
      },
    })
    job.result.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 30))
    jobs.pause(job.id)
    await new Promise((resolve) => setTimeout(resolve, 10))
    const before = turns
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(turns).toBe(before)
    jobs.resume(job.id)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(turns).toBeGreaterThan(before)
    await jobs.cancel(job.id)
  })

  test('tells of its progress at most five times a second', async () => {
    const { jobs, states } = recorded()
    const job = jobs.start({
      kind: 'import',
      title: 'Importing',
      unit: 'pictures',
      total: 1000,
      run: async (running) => {
        const began = performance.now()
        for (let done = 0; performance.now() - began < 500; done++) {
          running.progress({ done: Math.min(done, 1000) })
          await new Promise((resolve) => setImmediate(resolve))
        }
      },
    })
    await job.result
    expect(states.length).toBeLessThanOrEqual(6)
  })

  test('that can’t be paused says so', () => {
    const { jobs } = recorded()
    const job = jobs.start({ kind: 'map', title: 'Mapping', unit: '%', run: () => Promise.resolve() })
    expect(() => {
      jobs.pause(job.id)
    }).toThrow(expect.objectContaining({ code: 'not-allowed' }))
    expect(() => {
      jobs.pause(jobId.parse('nothing'))
    }).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
