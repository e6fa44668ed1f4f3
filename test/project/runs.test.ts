import { describe, expect, it } from 'vitest'
import { clock, makeProject, metric, newRun, open, state } from './sample-project'
import { temporaryFolders } from './temporary-folder'

describe('runs', () => {
  const folder = temporaryFolders()

  it('records what a run is made of and how far it got', async () => {
    const project = await makeProject(folder(), 0, { now: clock() })
    const made = project.runs.create(newRun())
    expect(made).toMatchObject({
      ...newRun(),
      id: 1,
      name: 'Run 1',
      state: 'waiting',
      step: 0,
      latest: null,
      checkpoint: null,
    })
    const diagnosis = {
      kind: 'learning',
      severity: 'good',
      sentence: 'Learning well.',
      remedy: '',
      change: { 'objective.beta': 2 },
    } as const
    const changed = project.runs.update(1, {
      state: 'training',
      step: 40,
      epoch: 1.5,
      seconds: 9.25,
      diagnosis,
      failure: 'no',
    })
    expect(changed).toEqual({
      ...made,
      state: 'training',
      step: 40,
      epoch: 1.5,
      seconds: 9.25,
      diagnosis,
      failure: 'no',
    })
    expect(project.runs.update(1, { diagnosis: null, failure: null, name: 'Second try' })).toMatchObject({
      diagnosis: null,
      failure: null,
      name: 'Second try',
    })
    await project.close()
    const again = await open(project.folder)
    expect(again.runs.get(1)).toMatchObject({ ...newRun(), step: 40, name: 'Second try' })
    await again.close()
  })

  it('lists the newest first, and names a run that is not there', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    project.runs.create({ ...newRun(), name: 'Sharp' })
    expect(project.runs.list().map((run) => run.name)).toEqual(['Sharp', 'Run 1'])
    expect(() => project.runs.get(3)).toThrow(expect.objectContaining({ code: 'run-missing' }))
    expect(() => project.runs.update(3, { step: 1 })).toThrow(expect.objectContaining({ code: 'run-missing' }))
    expect(() => project.selectRun(3)).toThrow(expect.objectContaining({ code: 'run-missing' }))
    project.selectRun(2)
    expect(project.info().activeRun).toBe(2)
    await project.close()
  })

  it('calls a run interrupted whose process ended', async () => {
    const project = await makeProject(folder())
    for (const state of ['training', 'waiting', 'paused', 'finished', 'failed', 'stopped'] as const) {
      project.runs.update(project.runs.create(newRun()).id, { state })
    }
    await project.close()
    const again = await open(project.folder)
    expect(again.runs.list().map((run) => run.state)).toEqual([
      'stopped',
      'failed',
      'finished',
      'paused',
      'interrupted',
      'interrupted',
    ])
    await again.close()
  })

  it('remembers facts beside one another', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    project.runs.update(1, { facts: { totalSteps: 900, order: [1, 2] } })
    project.runs.update(1, { facts: { totalSteps: 1000 } })
    expect(project.runs.facts(1)).toEqual({ totalSteps: 1000, order: [1, 2] })
    await project.close()
  })

  it('keeps metrics by step and split, gives them from a step on, and forgets those after a checkpoint', async () => {
    const project = await makeProject(folder())
    project.runs.create(newRun())
    project.runs.create(newRun())
    project.metrics.append(1, [metric(10), metric(20), metric(20, 'validation')])
    project.metrics.append(1, [{ ...metric(30), negativeElbo: 1e9 }, metric(40)])
    project.metrics.append(1, [{ ...metric(30), negativeElbo: 5 }])
    project.metrics.append(2, [metric(99)])
    expect(project.metrics.list(1, 20)).toEqual([
      metric(20),
      metric(20, 'validation'),
      { ...metric(30), negativeElbo: 5 },
      metric(40),
    ])
    expect(project.runs.get(1)).toMatchObject({ latest: metric(40), validation: metric(20, 'validation') })
    project.metrics.forgetAfter(1, 20)
    expect(project.metrics.latest(1, 'train')).toEqual(metric(20))
    expect(project.metrics.latest(2, 'train')).toEqual(metric(99))
    expect(() => project.metrics.append(1, [metric(50), { ...metric(60), kl: NaN }])).toThrow(/kl is NaN/)
    expect(project.metrics.latest(1, 'train')).toEqual(metric(20))
    await project.close()
  })

  it('decodes with the best checkpoint where the recipe keeps it, else with the latest', async () => {
    const project = await makeProject(folder())
    const { recipe } = newRun()
    const keeps = project.runs.create(newRun()).id
    const latest = project.runs.create({ ...newRun(), recipe: { ...recipe, keepBest: false } }).id
    for (const run of [keeps, latest]) {
      for (const step of [1, 2]) {
        await project.checkpoints.save(run, { state: state(step), step, epoch: 0, validation: step, best: step === 1 })
      }
    }
    expect(project.runs.get(keeps).checkpoint?.step).toBe(1)
    expect(project.runs.get(latest).checkpoint?.step).toBe(2)
    await project.close()
  })
})
