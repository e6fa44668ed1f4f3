/** Everything that a run trains with, as it is before its first step or as its latest checkpoint left it. */
import { type DeviceQueue } from '../../compute/queue'
import { VariaError } from '../../contract/errors'
import { type RunInfo } from '../../contract/run'
import { buildVae } from '../../model/recipe'
import { Trainer, type TrainingState } from '../../model/training'
import { type Project } from '../../project/project'
import { type Session } from '../session'
import { Batches } from './batches'
import { freshNumbers, type LoopNumbers, readState } from './checkpoint-state'
import { Horizon } from './horizon'
import { LiveModel } from './live-model'
import { type WatchedItems, watchedItems } from './live-pictures'
import { readHorizon } from './run-facts'
import { type TrainingData, trainingData } from './training-data'

export interface PreparationOptions {
  readonly session: Session
  readonly queue: DeviceQueue
  readonly run: RunInfo
  readonly log: (line: string) => void
}

export interface PreparedTraining {
  readonly data: TrainingData
  readonly batches: Batches
  readonly horizon: Horizon
  readonly watched: WatchedItems
  /** It and its model belong to whoever asked for them, and so does `live`. */
  readonly trainer: Trainer
  readonly live: LiveModel
  /** What the loop counted before. */
  readonly loop: LoopNumbers
  /** The step of the checkpoint it goes on from; -1 where there is none. */
  readonly savedStep: number
}

/** @throws VariaError `too-few-items`, `checkpoint-damaged`, and what the disk says; then it holds no tensor */
export async function prepareTraining({ session, queue, run, log }: PreparationOptions): Promise<PreparedTraining> {
  const { project } = session
  const data = trainingData(project)
  const batches = new Batches({
    ids: data.train,
    seed: run.seed,
    size: run.recipe.batch,
    shape: data.shape,
    augmentation: run.recipe.augmentation,
    fill: data.fill,
    read: (ids, into) => project.pixels.read(ids, into),
  })
  const horizon = new Horizon(run.recipe.length, batches.stepsPerEpoch, readHorizon(project.runs.facts(run.id)))
  const candidates = data.heldOut.length > 0 ? data.heldOut : data.train
  const watched = await watchedItems(candidates, 1, (ids) => session.read(ids))
  const saved = await latestState(project, run, log)
  const savedStep = saved?.step ?? -1
  // What came after the checkpoint happens again.
  project.metrics.forgetAfter(run.id, Math.max(0, savedStep))
  const { trainer, live } = await queue.run('training', () => {
    const made = trainerOf(run, data, saved?.trainer ?? null)
    return { trainer: made, live: new LiveModel(run, data.shape, queue) }
  })
  return { data, batches, horizon, watched, trainer, live, loop: saved?.loop ?? freshNumbers, savedStep }
}

interface SavedState {
  readonly step: number
  readonly trainer: TrainingState
  readonly loop: LoopNumbers
}

/**
 * Of the latest checkpoint that is whole; null where the run has none yet. A run that has only damaged ones doesn't begin
 * again in silence, however often it is asked.
 */
async function latestState(project: Project, run: RunInfo, log: (line: string) => void): Promise<SavedState | null> {
  try {
    const { info, state, passedOver } = await project.checkpoints.load(run.id, 'latest')
    for (const damaged of passedOver) log(damaged.message)
    return { step: info.step, ...readState(state) }
  } catch (error) {
    if (error instanceof VariaError && error.code === 'checkpoint-missing') return null
    throw error
  }
}

function trainerOf(run: RunInfo, { shape }: TrainingData, saved: TrainingState | null): Trainer {
  const trainer = new Trainer(buildVae(run.recipe, shape, run.seed), { seed: run.seed, totalSteps: null })
  try {
    if (saved !== null) trainer.restore(saved)
    return trainer
  } catch (error) {
    trainer.dispose()
    trainer.vae.dispose()
    throw error
  }
}
