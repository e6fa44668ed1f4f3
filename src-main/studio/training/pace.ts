/** Keeps a run to its length: turns minutes into steps by the measured speed, and corrects that when the speed changes. */
import { type DeviceQueue } from '../../compute/queue'
import { VariaError } from '../../contract/errors'
import { type RunInfo } from '../../contract/run'
import { type Trainer } from '../../model/training'
import { type EventHub } from '../event-hub'
import { type Job } from '../jobs/jobs'
import { type Session } from '../session'
import { type Horizon, type HorizonEntry } from './horizon'
import { pauseForDisk } from './pause-for-disk'

/** A run limited in minutes is planned anew this often: a twentieth of it, within bounds. */
const planShare = 0.05
const planSeconds = { least: 0.3, most: 10 }
/** The speed is that of so many plans back: a validation, a map or a checkpoint in one of them is no change of speed. */
const plansBack = 8
/** Steps measured before a run begins. */
const probed = 5
/** Of the speed that steps alone would have; validation, pictures and checkpoints take the rest. */
const stepShare = 0.85

interface Plan {
  /** Milliseconds, of this process's clock. */
  readonly at: number
  readonly step: number
  /** Trained so far. */
  readonly seconds: number
}

export interface PaceOptions {
  readonly session: Session
  readonly run: RunInfo
  readonly queue: DeviceQueue
  readonly events: EventHub
  readonly job: Job
}

export class Pace {
  readonly #options: PaceOptions
  readonly #trainer: Trainer
  readonly #horizon: Horizon
  /** When the latest plans were made, oldest first. */
  #plans: Plan[] = []

  constructor(options: PaceOptions, trainer: Trainer, horizon: Horizon) {
    this.#options = options
    this.#trainer = trainer
    this.#horizon = horizon
  }

  /** The run's length in steps as known now; null while it has none. */
  get total(): number | null {
    return this.#horizon.totalAt(this.#trainer.stepCount)
  }

  /** Seconds after which the run ends; null for no limit. */
  get limit(): number | null {
    return this.#horizon.limit
  }

  /** Begins to measure, or begins anew after a pause. */
  restart(seconds: number): void {
    this.#plans = [{ at: performance.now(), step: this.#trainer.stepCount, seconds }]
    this.#trainer.totalSteps = this.total
  }

  /** After a step: corrects the length where the speed asks for it. One that the disk does not take waits with the run. */
  afterStep(now: number, seconds: number): void {
    const { limit } = this
    const step = this.#trainer.stepCount
    try {
      if (limit !== null && seconds >= limit) this.#adopt(this.#horizon.end(step))
      else if (limit !== null) this.#plan({ at: now, step, seconds }, limit)
    } catch (error) {
      if (!(error instanceof VariaError)) throw error
      pauseForDisk(this.#options, error)
    }
    this.#trainer.totalSteps = this.total
  }

  /** Plans anew when it is time. */
  #plan(now: Plan, limit: number): void {
    const [oldest, latest] = [this.#plans[0] ?? now, this.#plans.at(-1) ?? now]
    if (now.at - latest.at < 1000 * planEvery(limit)) return
    this.#correct(now.step, now.seconds, (now.step - oldest.step) / Math.max(1e-3, now.seconds - oldest.seconds))
    this.#plans = [...this.#plans, now].slice(-plansBack)
  }

  /**
   * Measures a few steps and takes them back, so that the schedules of a run limited in minutes have a length from its
   * first step on. Does nothing where the length is known.
   */
  async probe(seconds: number, step: (at: number) => Promise<unknown>): Promise<void> {
    if (this.limit === null || this.total !== null) return
    const { queue } = this.#options
    const trainer = this.#trainer
    const first = trainer.stepCount
    const state = await queue.run('training', () => trainer.snapshot())
    const durations: number[] = []
    for (let index = 0; index < probed; index++) {
      const began = performance.now()
      await step(first + index)
      durations.push(performance.now() - began)
    }
    await queue.run('training', () => {
      trainer.restore(state)
    })
    // The first step allocates and compiles; the fastest of the others is what the machine can do.
    const fastest = Math.max(1e-3, Math.min(...durations.slice(1)))
    this.#correct(first, seconds, (stepShare * 1000) / fastest)
  }

  #correct(step: number, seconds: number, rate: number): void {
    const correction = this.#horizon.correction(step, seconds, rate)
    if (correction !== null) this.#adopt(correction)
  }

  /** Written down before it takes effect. */
  #adopt(entry: HorizonEntry): void {
    const { session, run } = this.#options
    session.project.runs.update(run.id, { facts: { horizon: [...this.#horizon.entries, entry] } })
    this.#horizon.adopt(entry)
  }
}

function planEvery(limit: number): number {
  return Math.min(planSeconds.most, Math.max(planSeconds.least, planShare * limit))
}
