/** Starts runs and lets them go on: one trains at a time, as a job of its own. */
import { VariaError } from '../../contract/errors'
import { type TrainingLength } from '../../contract/recipe'
import { type RunId, type RunInfo, type RunState } from '../../contract/run'
import { type JobId } from '../../contract/jobs'
import { completeRecipe } from '../../model/recipe'
import { buildVae } from '../../model/recipe'
import { busy, type StudioContext, writableSession } from '../context'
import { type Job } from '../jobs/jobs'
import { startMap } from '../map/compute-map'
import { type Session } from '../session'
import { shapeOf } from '../collection/shape-of'
import { trainingData } from './training-data'
import { type TrainingEnd, trainRun } from './training-loop'

export interface StartedRun {
  readonly run: RunId
  readonly job: JobId
}

const checkpointSeconds = 30

/** Makes a run of a recipe and begins to train it. @throws VariaError `recipe-invalid`, `too-few-items`, `busy` */
export async function startRun(
  context: StudioContext,
  wanted: { recipe: unknown; name?: string | undefined; seed: number; reasons?: RunInfo['reasons'] },
): Promise<StartedRun> {
  const session = writableSession(context)
  refuseSecond(context, session)
  const { project } = session
  trainingData(project)
  const shape = shapeOf(project)
  const recipe = completeRecipe(wanted.recipe, shape)
  const backend = await context.device.active()
  const parameters = await context.device.queue.run('interactive', () => {
    const vae = buildVae(recipe, shape, wanted.seed)
    const count = vae.parameterCount
    vae.dispose()
    return count
  })
  // Two requests may have come this far at once.
  refuseSecond(context, session)
  const run = project.runs.create({
    recipe,
    reasons: wanted.reasons ?? [],
    seed: wanted.seed,
    backend: backend.name,
    versions: { varia: context.options.version, ...backend.versions },
    dataHash: project.collection.info()?.dataHash ?? '',
    parameters,
    name: wanted.name,
  })
  project.selectRun(run.id)
  const started = train(context, session, run)
  context.events.emit({ kind: 'project', project: session.info() })
  return started
}

/**
 * Goes on with a run from its latest checkpoint, or from the beginning when it has none yet.
 * @param length replaces the run's own, in all (not in addition); a run that had ended goes on for as long again without.
 * @throws VariaError `run-missing`, `busy`, `too-few-items`
 */
export async function continueRun(
  context: StudioContext,
  id: RunId,
  length: TrainingLength | undefined,
): Promise<StartedRun> {
  const session = writableSession(context)
  const { project } = session
  const before = project.runs.get(id)
  refuseSecond(context, session)
  trainingData(project)
  const backend = await context.device.active()
  refuseSecond(context, session)
  const wanted = length ?? (before.state === 'finished' ? twice(before) : undefined)
  const versions = { varia: context.options.version, ...backend.versions }
  const change = { backend: backend.name, versions, failure: null }
  const run =
    wanted === undefined
      ? project.runs.update(id, change)
      : // A new length is a new schedule from here on; what was measured for the old one no longer holds.
        project.runs.update(id, { ...change, recipe: { ...before.recipe, length: wanted }, facts: { horizon: [] } })
  project.selectRun(id)
  return train(context, session, run)
}

function twice({ recipe: { length }, seconds, epoch, step }: RunInfo): TrainingLength {
  return {
    epochs: length.epochs === null ? null : length.epochs + Math.ceil(epoch),
    minutes: length.minutes === null ? null : length.minutes + seconds / 60,
    steps: length.steps === null ? null : length.steps + step,
  }
}

function refuseSecond(context: StudioContext, session: Session): void {
  if (session.training !== null) {
    throw busy('A run is training already.', 'Pause or stop it first, or wait until it has ended.')
  }
  if (context.jobs.active('import') !== null) {
    throw busy('Pictures are being imported.', 'Wait until the import has ended, or cancel it.')
  }
}

function train(context: StudioContext, session: Session, run: RunInfo): StartedRun {
  const { project } = session
  let suspended = false
  const job = context.jobs.start({
    kind: 'train',
    title: `Learning: ${run.name}`,
    unit: 'epochs',
    canPause: true,
    run: (running) => supervise(context, session, run.id, running, () => suspended),
  })
  const ended = job.result
    .then(
      () => undefined,
      () => undefined,
    )
    .then(() => {
      if (session.training?.job !== job.id) return
      // Cancelled before its first turn, so nobody else says how it ended.
      session.training = null
      context.events.emit({ kind: 'run', run: project.runs.update(run.id, { state: 'stopped' }) })
    })
    .catch((error: unknown) => context.options.log?.(`The run's end could not be saved: ${String(error)}`))
  session.training = {
    run: run.id,
    job: job.id,
    suspend: async () => {
      suspended = true
      // A paused job must hear of it too.
      const state = context.jobs.list().find((one) => one.id === job.id)?.state
      if (state === 'paused') context.jobs.resume(job.id)
      await ended
    },
    ended,
  }
  context.events.emit({ kind: 'run', run: project.runs.update(run.id, { state: 'training' }) })
  return { run: run.id, job: job.id }
}

const endStates: Record<TrainingEnd, RunState> = { finished: 'finished', stopped: 'stopped', paused: 'paused' }

async function supervise(
  context: StudioContext,
  session: Session,
  id: RunId,
  job: Job,
  suspended: () => boolean,
): Promise<void> {
  const { project } = session
  const log = context.options.log ?? (() => undefined)
  let end: TrainingEnd | null = null
  try {
    end = await trainRun({
      session,
      queue: context.device.queue,
      events: context.events,
      run: project.runs.get(id),
      job,
      checkpointSeconds: context.options.checkpointSeconds ?? checkpointSeconds,
      suspended,
      log,
    })
    context.events.emit({ kind: 'run', run: project.runs.update(id, { state: endStates[end] }) })
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    const remedy = error instanceof VariaError ? ` ${error.remedy}` : ''
    const failed = project.runs.update(id, { state: 'failed', failure: failure + remedy })
    context.events.emit({ kind: 'run', run: failed })
    throw error
  } finally {
    session.training = null
  }
  // The map as it ended; whoever closes the project needn't wait for it.
  if (end !== 'paused' && !suspended()) startMap(context, session, id, 'pca')
}
