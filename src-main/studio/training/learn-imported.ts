/** Learning that follows an import: the engine's doing, so that no window needs to wait for it. */
import { cancelled } from '../../contract/errors'
import { type RecipeName } from '../../contract/recipe'
import { suggestRecipe } from '../../model/recipe'
import { type StudioContext } from '../context'
import { type Job, type StartedJob } from '../jobs/jobs'
import { type Session } from '../session'
import { collectionFacts } from './collection-facts'
import { type StartedRun, startRun } from './start-run'
import { trainingData } from './training-data'

export interface Lesson {
  readonly recipe: RecipeName
  readonly seed: number
}

/**
 * Starts a run with the recipe that suits the collection once an import has ended well. Getting ready is a job of its
 * own: it can be stopped, and whoever is connected hears why there is nothing to learn.
 */
export function learnWhenImported(
  context: StudioContext,
  session: Session,
  imported: StartedJob<unknown>,
  lesson: Lesson,
): void {
  imported.result.then(
    () => {
      const preparing = context.jobs.start({
        kind: 'train',
        title: 'Getting ready to learn',
        unit: '',
        run: (job) => prepare(context, session, job, lesson),
      })
      preparing.result.catch(() => undefined) // the job tells
    },
    () => undefined, // an import that failed or was stopped has told so itself
  )
}

async function prepare(context: StudioContext, session: Session, job: Job, lesson: Lesson): Promise<StartedRun> {
  const check = (): void => {
    if (job.signal.aborted || context.open !== session) throw cancelled('Learning')
  }
  check()
  // Asked first: measuring the machine takes seconds.
  trainingData(session.project)
  job.progress({ detail: 'Choosing a recipe that suits the designs' })
  const rate = await untilCancelled(context.device.trainingRate(session.training !== null), job.signal)
  check()
  const { recipe, reasons } = suggestRecipe(lesson.recipe, await collectionFacts(session, rate))
  check()
  return startRun(context, { recipe, reasons, seed: lesson.seed })
}

/** The device finishes what it measures; whoever cancels needn't wait for that. */
function untilCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(cancelled('Learning'))
    }
    signal.addEventListener('abort', stop, { once: true })
    work
      .finally(() => {
        signal.removeEventListener('abort', stop)
      })
      .then(resolve, reject)
  })
}
