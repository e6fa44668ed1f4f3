/** Runs: suggesting recipes, training, looking at how they went, evaluating them. */
import { VariaError } from '../../contract/errors'
import { type Handlers } from '../../contract/procedures'
import { type Evaluation, type RunId } from '../../contract/run'
import { suggestRecipe } from '../../model/recipe'
import { sessionOf, type StudioContext, writableSession } from '../context'
import { type Job } from '../jobs/jobs'
import { type Session } from '../session'
import { collectionFacts } from './collection-facts'
import { heldOutFigures } from './held-out'
import { runPicturesOf, watchedItems } from './live-pictures'
import { continueRun, startRun } from './start-run'

type RunHandlers = Pick<
  Handlers,
  | 'recipe.suggest'
  | 'run.start'
  | 'run.continue'
  | 'run.list'
  | 'run.select'
  | 'run.rename'
  | 'run.metrics'
  | 'run.pictures'
  | 'run.evaluate'
>

/** A perfect picture has no finite PSNR; this says the same. */
const mostDecibels = 200

export function runHandlers(context: StudioContext): RunHandlers {
  return {
    'recipe.suggest': async ({ name }) => {
      const session = sessionOf(context)
      const rate = await context.device.trainingRate(session.training !== null)
      return suggestRecipe(name, await collectionFacts(session, rate))
    },
    'run.start': async ({ recipe, name, seed }) => startRun(context, { recipe, name, seed }),
    'run.continue': ({ run, length }) => continueRun(context, run, length),
    'run.list': () => Promise.resolve(sessionOf(context).project.runs.list()),
    'run.select': ({ run }) => {
      const session = writableSession(context)
      session.project.selectRun(run)
      const info = session.info()
      context.events.emit({ kind: 'project', project: info })
      return Promise.resolve(info)
    },
    'run.rename': ({ run, name }) => {
      const info = writableSession(context).project.runs.update(run, { name })
      context.events.emit({ kind: 'run', run: info })
      return Promise.resolve(info)
    },
    'run.metrics': ({ run, sinceStep }) => {
      const { project } = sessionOf(context)
      project.runs.get(run)
      return Promise.resolve(project.metrics.list(run, sinceStep))
    },
    'run.pictures': ({ run }) => picturesOfRun(sessionOf(context), run),
    'run.evaluate': ({ run }, { signal }) => {
      const session = sessionOf(context)
      const { name } = session.project.runs.get(run)
      const job = context.jobs.start({
        kind: 'evaluate',
        title: `Evaluating ${name}`,
        unit: 'pictures',
        run: (working) => evaluateRun(context, session, run, working),
      })
      signal.addEventListener('abort', () => void context.jobs.cancel(job.id).catch(() => undefined), { once: true })
      return job.result
    },
  }
}

async function picturesOfRun(session: Session, run: RunId): ReturnType<Handlers['run.pictures']> {
  const isLive = session.models.live(run) !== null
  const known = session.pictures.get(run)
  if (known !== undefined) return known
  const { project } = session
  const info = project.runs.get(run)
  if (info.checkpoint === null || isLive) return null
  const model = await session.models.of(run)
  const heldOut = project.items.ids('heldOut')
  const candidates = heldOut.length > 0 ? heldOut : project.items.ids('all')
  const watched = await watchedItems(candidates, 1, (ids) => session.read(ids))
  const pictures = await runPicturesOf(model, info.checkpoint.step, watched, 'interactive')
  session.pictures.set(run, pictures)
  return pictures
}

async function evaluateRun(context: StudioContext, session: Session, run: RunId, job: Job): Promise<Evaluation> {
  const { project } = session
  const ids = project.items.ids('heldOut')
  if (ids.length === 0) {
    throw new VariaError({
      code: 'too-few-items',
      message: 'No picture of this collection is held out for evaluation: it is too small.',
      remedy: 'A tenth is held out by content; add designs until some are.',
    })
  }
  const model = await session.models.of(run)
  job.progress({ total: ids.length })
  const { checkpoint } = model
  const figures = await model.hold((vae) =>
    heldOutFigures(vae, {
      ids,
      read: (wanted) => session.read(wanted),
      queue: context.device.queue,
      priority: 'training',
      quick: false,
      signal: job.signal,
      onProgress: (done) => {
        job.progress({ done })
      },
    }),
  )
  return {
    ...figures,
    checkpoint,
    psnr: Math.min(mostDecibels, figures.psnr),
    klPerDimension: Float32Array.from(figures.klPerDimension),
  }
}
