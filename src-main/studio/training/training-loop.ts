/**
 * The training of one run, from its first step or its latest checkpoint to its end: steps in the device's queue, a point
 * of the curves each second, validation each epoch with the averaged weights, pictures and a map to watch, checkpoints.
 *
 * What is computed depends on seed and step alone, never on the clock: the clock only decides when things are shown and
 * saved, and, for a run limited in minutes, how long its schedules are, which is written down (see `horizon.ts`).
 */
import { type Job } from '../jobs/jobs'
import { type DeviceQueue } from '../../compute/queue'
import { VariaError } from '../../contract/errors'
import { type MetricPoint, type RunInfo } from '../../contract/run'
import { picturesToTensor } from '../../model/pictures'
import { buildVae } from '../../model/recipe'
import { type StepReport, Trainer } from '../../model/training'
import { type EventHub } from '../event-hub'
import { type Session } from '../session'
import { Batches } from './batches'
import { CheckpointWriter, type Moment } from './checkpoint-writer'
import { heldOutFigures } from './held-out'
import { Curve } from './curve'
import { Horizon } from './horizon'
import { LiveModel } from './live-model'
import { MetricWindow } from './metric-window'
import { freshNumbers, type LoopNumbers, readState } from './checkpoint-state'
import { Pace } from './pace'
import { readHorizon } from './run-facts'
import { trainingData } from './training-data'
import { Watch } from './watch'

export interface TrainingOptions {
  readonly session: Session
  readonly queue: DeviceQueue
  readonly events: EventHub
  readonly run: RunInfo
  readonly job: Job
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number
  /** Set when the project is about to be closed: the run ends paused. */
  readonly suspended: () => boolean
  readonly log: (line: string) => void
}

export type TrainingEnd = 'finished' | 'stopped' | 'paused'

/** A best epoch waits in memory at least this long after the last save, so that short epochs don't wear out the disk. */
const bestSaveSeconds = 5
const pointSeconds = 1
/** Steps between validations at least, for collections of a few batches, and at most, for huge ones. */
const validateAtLeast = 25
const validateAtMost = 2000

/** Trains until the run ends. @throws VariaError `training-diverged`, `checkpoint-damaged`, and what the disk says */
export async function trainRun(options: TrainingOptions): Promise<TrainingEnd> {
  const loop = await TrainingLoop.prepare(options)
  try {
    return await loop.run()
  } finally {
    await loop.dispose()
  }
}

class TrainingLoop {
  readonly #options: TrainingOptions
  readonly #trainer: Trainer
  readonly #live: LiveModel
  readonly #batches: Batches
  readonly #heldOut: Int32Array
  readonly #pace: Pace
  readonly #writer: CheckpointWriter
  readonly #watch: Watch
  readonly #window = new MetricWindow()
  readonly #curve: Curve
  #loop: LoopNumbers
  #lastTick = 0
  #lastPoint = { at: 0, step: 0 }
  #lastSave = 0

  private constructor(options: TrainingOptions, parts: Parts) {
    this.#options = options
    this.#trainer = parts.trainer
    this.#live = parts.live
    this.#batches = parts.batches
    this.#heldOut = parts.heldOut
    this.#pace = parts.pace
    this.#writer = parts.writer
    this.#watch = parts.watch
    this.#loop = parts.loop
    this.#curve = parts.curve
  }

  static async prepare(options: TrainingOptions): Promise<TrainingLoop> {
    const { session, queue, run, log } = options
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
    const { trainer, live } = await queue.run('training', () => {
      const vae = buildVae(run.recipe, data.shape, run.seed)
      const made = new Trainer(vae, { seed: run.seed, totalSteps: null })
      return { trainer: made, live: new LiveModel(run, data.shape, queue) }
    })
    const writer = new CheckpointWriter(project, run.id)
    let loop = freshNumbers
    if (project.checkpoints.latest(run.id) !== null) {
      const { state, passedOver } = await project.checkpoints.load(run.id, 'latest')
      for (const damaged of passedOver) log(damaged.message)
      const split = readState(state)
      loop = split.loop
      await queue.run('training', () => {
        trainer.restore(split.trainer)
      })
      writer.resumedAt(trainer.stepCount)
    }
    // What came after the checkpoint happens again.
    project.metrics.forgetAfter(run.id, trainer.stepCount)
    const watch = await Watch.of(options, live.model, data)
    const pace = new Pace({ project, run: run.id, trainer, horizon })
    return new TrainingLoop(options, {
      trainer,
      live,
      batches,
      heldOut: data.heldOut,
      pace,
      writer,
      watch,
      loop,
      curve: new Curve(options, data.train.length),
    })
  }

  async run(): Promise<TrainingEnd> {
    const { job, session, queue } = this.#options
    await this.#live.refresh(this.#trainer)
    session.models.setLive(this.#live.model)
    await this.#pace.probe(queue, this.#loop.seconds, (step) => this.#take(step))
    this.#resetClocks()
    while (!this.#isOver()) {
      if (job.isPaused()) await this.#pause()
      if (job.signal.aborted || this.#options.suspended()) break
      this.#window.add(await this.#take(this.#trainer.stepCount))
      await this.#afterStep()
    }
    return this.#end()
  }

  async dispose(): Promise<void> {
    const { session, queue } = this.#options
    await this.#writer.settled()
    session.models.setLive(null)
    await queue.run('interactive', () => {
      this.#live.close()
      this.#trainer.dispose()
      this.#trainer.vae.dispose()
    })
  }

  /** Takes one step on the batch of step `at`. */
  async #take(at: number): Promise<StepReport> {
    const pixels = await this.#batches.picturesAt(at)
    return this.#options.queue.run('training', async () => {
      const batch = picturesToTensor(pixels, this.#trainer.vae.shape)
      try {
        return await this.#trainer.step(batch)
      } finally {
        batch.dispose()
      }
    })
  }

  #isOver(): boolean {
    const { recipe } = this.#options.run
    const { total } = this.#pace
    if (total !== null && this.#trainer.stepCount >= total) return true
    return recipe.patience > 0 && this.#loop.sinceBest >= recipe.patience
  }

  /** What the clock and the step count ask for after a step. */
  async #afterStep(): Promise<void> {
    const { job } = this.#options
    const step = this.#trainer.stepCount
    this.#countSeconds()
    if (this.#shouldValidate(step)) await this.#validate()
    const now = performance.now()
    if (now - this.#lastPoint.at >= pointSeconds * 1000) this.#tellPoint(now)
    this.#pace.afterStep(now, this.#loop.seconds)
    this.#countSeconds()
    await this.#save(now)
    await this.#watch.afterStep(step, () => this.#live.refresh(this.#trainer), job.signal)
    this.#countSeconds()
    const { total, limit } = this.#pace
    job.progress({
      done: this.#batches.epochAt(step),
      total: total === null ? null : this.#batches.epochAt(total),
      detail: this.#detail(step, total),
      ...(limit === null ? {} : { secondsLeft: Math.max(0, limit - this.#loop.seconds) }),
    })
  }

  #detail(step: number, total: number | null): string {
    const epoch = Math.floor(this.#batches.epochAt(step)) + 1
    if (total === null) return `Epoch ${String(epoch)}`
    return `Epoch ${String(epoch)} of ${String(Math.max(epoch, Math.round(this.#batches.epochAt(total))))}`
  }

  #shouldValidate(step: number): boolean {
    if (this.#heldOut.length === 0 || step === this.#loop.validatedAt) return false
    const every = Math.min(validateAtMost, Math.max(validateAtLeast, Math.ceil(this.#batches.stepsPerEpoch)))
    return step % every === 0
  }

  /** The held-out figures with the averaged weights: a point of the curve, and perhaps the best epoch so far. */
  async #validate(): Promise<void> {
    const { session, queue, job, run } = this.#options
    const step = this.#trainer.stepCount
    await this.#live.refresh(this.#trainer)
    const figures = await heldOutFigures(this.#live.vae, {
      ids: this.#heldOut,
      read: (ids) => session.read(ids),
      queue,
      priority: 'training',
      quick: true,
      signal: job.signal,
    }).catch((error: unknown) => {
      if (error instanceof VariaError && error.code === 'cancelled') return null
      throw error
    })
    // Stopped meanwhile: a validation half done says nothing.
    if (figures === null) return
    this.#countSeconds()
    const better = figures.negativeElbo < this.#loop.best
    this.#loop = {
      ...this.#loop,
      best: Math.min(this.#loop.best, figures.negativeElbo),
      sinceBest: better ? 0 : this.#loop.sinceBest + 1,
      validatedAt: step,
    }
    const finite = Number.isFinite(figures.negativeElbo)
    if (better && finite && run.recipe.keepBest) {
      const state = await queue.run('training', () => this.#trainer.snapshot())
      this.#writer.keepBest(state, this.#moment(figures.negativeElbo))
    }
    if (!finite) return
    const { last } = this.#curve
    this.#record({
      step,
      epoch: this.#batches.epochAt(step),
      seconds: this.#loop.seconds,
      split: 'validation',
      negativeElbo: figures.negativeElbo,
      reconstruction: figures.reconstruction,
      kl: figures.kl,
      activeUnits: figures.activeUnits,
      gradientNorm: 0,
      skipped: last?.skipped ?? 0,
      rate: last?.rate ?? 0,
      learningRate: last?.learningRate ?? 0,
    })
  }

  #tellPoint(now: number): void {
    const step = this.#trainer.stepCount
    const elapsed = (now - this.#lastPoint.at) / 1000
    const rate = elapsed > 0 ? ((step - this.#lastPoint.step) * this.#batches.size) / elapsed : 0
    const point = this.#window.take({ epoch: this.#batches.epochAt(step), seconds: this.#loop.seconds, rate })
    this.#lastPoint = { at: now, step }
    if (point !== null) this.#record(point)
  }

  #record(point: MetricPoint): void {
    const failure = this.#curve.add(point, this.#pace.total, this.#loop.seconds)
    if (failure !== null) this.#pauseFor(failure)
  }

  /** Saves when it is time; a save that failed pauses the run instead of losing anything. */
  async #save(now: number): Promise<void> {
    const failure = this.#writer.takeFailure()
    if (failure !== null) {
      this.#pauseFor(failure)
      return
    }
    const since = (now - this.#lastSave) / 1000
    const due = since >= this.#options.checkpointSeconds
    if (this.#writer.isSaving || !(due || (this.#writer.hasPendingBest && since >= bestSaveSeconds))) return
    this.#lastSave = now
    const state = due ? await this.#options.queue.run('training', () => this.#trainer.snapshot()) : null
    this.#writer.saveSoon(state, this.#moment(null))
  }

  #pauseFor(failure: VariaError): void {
    const { job, events } = this.#options
    events.emit({ kind: 'saved', failure: `${failure.message} ${failure.remedy}` })
    job.pause(`${failure.message} ${failure.remedy}`)
  }

  /** Waits, with everything on disk, until the job is resumed, stopped or suspended. */
  async #pause(): Promise<void> {
    const { job } = this.#options
    await this.#trySaveAll()
    this.#setState('paused')
    await job.goOn().catch(() => undefined)
    if (job.signal.aborted || this.#options.suspended()) return
    this.#setState('training')
    this.#resetClocks()
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

  /** Saves all; when the disk refuses, says so, keeps everything in memory, pauses and returns false. */
  async #trySaveAll(): Promise<boolean> {
    const { queue, events } = this.#options
    try {
      const state = await queue.run('interactive', () => this.#trainer.snapshot())
      await this.#writer.saveNow(state, this.#moment(null))
      this.#lastSave = performance.now()
      events.emit({ kind: 'saved', failure: null })
      return true
    } catch (error) {
      if (!(error instanceof VariaError)) throw error
      this.#pauseFor(error)
      return false
    }
  }

  async #end(): Promise<TrainingEnd> {
    const { job, suspended } = this.#options
    const finished = this.#isOver() && !job.signal.aborted
    if (finished && this.#heldOut.length > 0 && this.#loop.validatedAt !== this.#trainer.stepCount) {
      await this.#validate()
    }
    this.#tellPoint(performance.now())
    // A run must not be lost for want of space: it waits for room until it is stopped for good.
    while (!(await this.#trySaveAll())) {
      if (job.signal.aborted || suspended()) break
      this.#setState('paused')
      await job.goOn().catch(() => undefined)
    }
    if (finished) await this.#watch.last(this.#trainer.stepCount, () => this.#live.refresh(this.#trainer))
    if (finished) return 'finished'
    return suspended() ? 'paused' : 'stopped'
  }

  #moment(validation: number | null): Moment {
    const step = this.#trainer.stepCount
    return { step, epoch: this.#batches.epochAt(step), loop: this.#loop, validation }
  }

  #countSeconds(): void {
    const now = performance.now()
    this.#loop = { ...this.#loop, seconds: this.#loop.seconds + (now - this.#lastTick) / 1000 }
    this.#lastTick = now
  }

  #resetClocks(): void {
    const at = performance.now()
    const step = this.#trainer.stepCount
    this.#lastTick = at
    this.#lastPoint = { at, step }
    this.#pace.restart(this.#loop.seconds)
    if (this.#lastSave === 0) this.#lastSave = at
  }
}

interface Parts {
  readonly trainer: Trainer
  readonly live: LiveModel
  readonly batches: Batches
  readonly heldOut: Int32Array
  readonly pace: Pace
  readonly writer: CheckpointWriter
  readonly watch: Watch
  readonly loop: LoopNumbers
  readonly curve: Curve
}
