/** Keeps a run to its length: turns minutes into steps by the measured speed, and corrects that when the speed changes. */
import { type DeviceQueue } from '../../compute/queue'
import { type RunId } from '../../contract/run'
import { type Trainer } from '../../model/training'
import { type Project } from '../../project/project'
import { type Horizon, type HorizonEntry } from './horizon'

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
  readonly project: Project
  readonly run: RunId
  readonly trainer: Trainer
  readonly horizon: Horizon
}

export class Pace {
  readonly #options: PaceOptions
  /** When the latest plans were made, oldest first. */
  #plans: Plan[] = []

  constructor(options: PaceOptions) {
    this.#options = options
  }

  /** The run's length in steps as known now; null while it has none. */
  get total(): number | null {
    return this.#options.horizon.totalAt(this.#options.trainer.stepCount)
  }

  /** Seconds after which the run ends; null for no limit. */
  get limit(): number | null {
    return this.#options.horizon.limit
  }

  /** Begins to measure, or begins anew after a pause. */
  restart(seconds: number): void {
    this.#plans = [{ at: performance.now(), step: this.#options.trainer.stepCount, seconds }]
    this.#options.trainer.totalSteps = this.total
  }

  /** After a step: corrects the length where the speed asks for it. */
  afterStep(now: number, seconds: number): void {
    const { trainer, horizon } = this.#options
    const step = trainer.stepCount
    if (horizon.limit !== null && seconds >= horizon.limit) this.#adopt(horizon.end(step))
    else if (horizon.limit !== null) this.#plan({ at: now, step, seconds }, horizon.limit)
    trainer.totalSteps = this.total
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
  async probe(queue: DeviceQueue, seconds: number, step: (at: number) => Promise<unknown>): Promise<void> {
    const { trainer, horizon } = this.#options
    if (horizon.limit === null || this.total !== null) return
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
    const correction = this.#options.horizon.correction(step, seconds, rate)
    if (correction !== null) this.#adopt(correction)
  }

  /** Written down before it takes effect. */
  #adopt(entry: HorizonEntry): void {
    const { project, run, horizon } = this.#options
    project.runs.update(run, { facts: { horizon: [...horizon.entries, entry] } })
    horizon.adopt(entry)
  }
}

function planEvery(limit: number): number {
  return Math.min(planSeconds.most, Math.max(planSeconds.least, planShare * limit))
}
