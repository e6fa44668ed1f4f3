/**
 * The training of one run, from its first step or its latest checkpoint to its end: steps in the device's queue, a point
 * of the curves each second, validation each epoch with the averaged weights, pictures and a map to watch, checkpoints.
 *
 * What is computed depends on seed and step alone, never on the clock: the clock only decides when things are shown and
 * saved, and, for a run limited in minutes, how long its schedules are, which is written down (see `horizon.ts`).
 */
import { type Job } from '../jobs/jobs'
import { VariaError } from '../../contract/errors'
import { picturesToTensor } from '../../model/pictures'
import { type HeldOutFigures, type StepReport } from '../../model/training'
import { type EventHub } from '../event-hub'
import { CheckpointWriter, type Moment } from './checkpoint-writer'
import { Curve } from './curve'
import { heldOutFigures } from './held-out'
import { MetricWindow } from './metric-window'
import { Pace } from './pace'
import { type PreparationOptions, type PreparedTraining, prepareTraining } from './prepare-training'
import { Saving } from './saving'
import { TrainedTime } from './trained-time'
import { Validations } from './validations'
import { Watch } from './watch'

export interface TrainingOptions extends PreparationOptions {
  readonly events: EventHub
  readonly job: Job
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number
  /** Set when the project is about to be closed: the run ends paused. */
  readonly suspended: () => boolean
}

export type TrainingEnd = 'finished' | 'stopped' | 'paused'

/** Trains until the run ends. @throws VariaError `training-diverged`, `checkpoint-damaged`, and what the disk says */
export async function trainRun(options: TrainingOptions): Promise<TrainingEnd> {
  const loop = new TrainingLoop(options, await prepareTraining(options))
  try {
    return await loop.run()
  } finally {
    await loop.dispose()
  }
}

class TrainingLoop {
  readonly #options: TrainingOptions
  readonly #parts: PreparedTraining
  readonly #pace: Pace
  readonly #saving: Saving
  readonly #watch: Watch
  readonly #validations: Validations
  readonly #time: TrainedTime
  readonly #window = new MetricWindow()
  readonly #curve: Curve

  constructor(options: TrainingOptions, parts: PreparedTraining) {
    const { session, run } = options
    const { data, batches, horizon, trainer, live, loop } = parts
    const { project } = session
    this.#options = options
    this.#parts = parts
    this.#pace = new Pace(options, trainer, horizon)
    this.#saving = new Saving(options, trainer, new CheckpointWriter(project, run.id, parts.savedStep))
    this.#watch = new Watch(options, live.model, parts.watched)
    const limits = { stepsPerEpoch: batches.stepsPerEpoch, patience: run.recipe.patience }
    this.#validations = new Validations({ heldOut: data.heldOut.length, ...limits }, loop)
    this.#time = new TrainedTime(loop.seconds)
    this.#curve = new Curve(options, data.train.length)
  }

  async run(): Promise<TrainingEnd> {
    const { job, session } = this.#options
    const { live, trainer } = this.#parts
    await live.refresh(trainer)
    session.models.setLive(live.model)
    await this.#pace.probe(this.#time.seconds, (step) => this.#take(step))
    this.#saving.start()
    this.#startClocks()
    while (!this.#isOver()) {
      if (job.isPaused()) await this.#pause()
      if (job.signal.aborted || this.#options.suspended()) break
      this.#window.add(await this.#take(trainer.stepCount))
      await this.#afterStep()
    }
    return this.#end()
  }

  async dispose(): Promise<void> {
    const { session, queue } = this.#options
    const { live, trainer } = this.#parts
    await this.#saving.settled()
    session.models.setLive(null)
    await queue.run('interactive', () => {
      live.close()
      trainer.dispose()
      trainer.vae.dispose()
    })
  }

  /** Takes one step on the batch of step `at`. */
  async #take(at: number): Promise<StepReport> {
    const { batches, trainer } = this.#parts
    const pixels = await batches.picturesAt(at)
    return this.#options.queue.run('training', async () => {
      const batch = picturesToTensor(pixels, trainer.vae.shape)
      try {
        return await trainer.step(batch)
      } finally {
        batch.dispose()
      }
    })
  }

  #isOver(): boolean {
    const { total } = this.#pace
    return (total !== null && this.#step >= total) || this.#validations.isOutOfPatience
  }

  /** What the clock and the step count ask for after a step. */
  async #afterStep(): Promise<void> {
    this.#time.count()
    const begun = performance.now()
    if (this.#validations.isDueAt(this.#step)) await this.#validate()
    const now = performance.now()
    this.#window.leaveOut(now - begun)
    if (this.#window.isDue(now)) this.#tellPoint(now)
    this.#pace.afterStep(now, this.#time.seconds)
    this.#time.count()
    await this.#saving.afterStep(now, this.#moment(null))
    await this.#watch.afterStep(this.#step, () => this.#refreshLive(), this.#options.job.signal)
    this.#time.count()
    this.#tellProgress()
  }

  #tellProgress(): void {
    const { total, limit } = this.#pace
    const done = this.#epoch
    const epochs = total === null ? null : this.#parts.batches.epochAt(total)
    const current = Math.floor(done) + 1
    const of = epochs === null ? '' : ` of ${String(Math.max(current, Math.round(epochs)))}`
    this.#options.job.progress({
      done,
      total: epochs,
      detail: `Epoch ${String(current)}${of}`,
      ...(limit === null ? {} : { secondsLeft: Math.max(0, limit - this.#time.seconds) }),
    })
  }

  /** The held-out figures with the averaged weights: a point of the curve, and perhaps the best epoch so far. */
  async #validate(): Promise<void> {
    await this.#refreshLive()
    const figures = await this.#heldOutFigures()
    // Stopped meanwhile: a validation half done says nothing.
    if (figures === null) return
    this.#time.count()
    const { negativeElbo, reconstruction, kl, activeUnits } = figures
    const isBest = this.#validations.judge(this.#step, negativeElbo)
    if (isBest && this.#options.run.recipe.keepBest) await this.#saving.keepBest(this.#moment(negativeElbo))
    if (!Number.isFinite(negativeElbo)) return
    const { skipped, rate, learningRate } = this.#curve.last ?? { skipped: 0, rate: 0, learningRate: 0 }
    const place = { step: this.#step, epoch: this.#epoch, seconds: this.#time.seconds, split: 'validation' as const }
    const losses = { negativeElbo, reconstruction, kl, activeUnits, gradientNorm: 0 }
    this.#curve.add({ ...place, ...losses, skipped, rate, learningRate }, this.#pace.total, this.#time.seconds)
  }

  /** Null when the run was stopped before all batches were evaluated. */
  async #heldOutFigures(): Promise<HeldOutFigures | null> {
    const { session, queue, job } = this.#options
    const { live, data } = this.#parts
    try {
      return await heldOutFigures(live.vae, {
        ids: data.heldOut,
        read: (ids) => session.read(ids),
        queue,
        priority: 'training',
        quick: true,
        signal: job.signal,
      })
    } catch (error) {
      if (error instanceof VariaError && error.code === 'cancelled') return null
      throw error
    }
  }

  #refreshLive(): Promise<void> {
    return this.#parts.live.refresh(this.#parts.trainer)
  }

  #tellPoint(now: number): void {
    const at = { epoch: this.#epoch, seconds: this.#time.seconds }
    const point = this.#window.take(now, this.#step, this.#parts.batches.size, at)
    if (point !== null) this.#curve.add(point, this.#pace.total, this.#time.seconds)
  }

  /** Waits, with everything on disk, until the job is resumed, stopped or suspended. */
  async #pause(): Promise<void> {
    const { job } = this.#options
    await this.#saving.all(this.#moment(null))
    this.#setState('paused')
    await job.goOn().catch(() => undefined)
    if (job.signal.aborted || this.#options.suspended()) return
    this.#setState('training')
    this.#startClocks()
  }

  /** A full disk may refuse even this line; the run goes on all the same. */
  #setState(state: 'paused' | 'training'): void {
    const { session, events, run, log } = this.#options
    try {
      events.emit({ kind: 'run', run: session.project.runs.update(run.id, { state }) })
    } catch (error) {
      log(`The run's state could not be saved: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #end(): Promise<TrainingEnd> {
    const { job, suspended } = this.#options
    const finished = this.#isOver() && !job.signal.aborted
    this.#tellPoint(performance.now())
    if (finished && this.#validations.isMissingAt(this.#step)) await this.#validate()
    // A run must not be lost for want of space: it waits for room until it is stopped for good.
    while (!(await this.#saving.all(this.#moment(null)))) {
      if (job.signal.aborted || suspended()) break
      this.#setState('paused')
      await job.goOn().catch(() => undefined)
    }
    if (finished) await this.#watch.last(this.#step, () => this.#refreshLive())
    if (finished) return 'finished'
    return suspended() ? 'paused' : 'stopped'
  }

  get #step(): number {
    return this.#parts.trainer.stepCount
  }

  get #epoch(): number {
    return this.#parts.batches.epochAt(this.#step)
  }

  /** @param validation held-out loss at this very step; null where it was not evaluated */
  #moment(validation: number | null): Moment {
    const loop = { seconds: this.#time.seconds, ...this.#validations.numbers }
    return { step: this.#step, epoch: this.#epoch, loop, validation }
  }

  #startClocks(): void {
    this.#time.start()
    this.#window.start(performance.now(), this.#step)
    this.#pace.restart(this.#time.seconds)
  }
}
