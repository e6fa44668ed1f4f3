/** The curves of a run: its points are written down, judged and told to everyone. */
import { VariaError } from '../../contract/errors'
import { type MetricPoint, type RunInfo } from '../../contract/run'
import { diagnose } from '../../model/diagnosis'
import { type EventHub } from '../event-hub'
import { type Job } from '../jobs/jobs'
import { type Session } from '../session'
import { pauseForDisk } from './pause-for-disk'

export interface CurveOptions {
  readonly session: Session
  readonly events: EventHub
  readonly run: RunInfo
  readonly job: Job
}

export class Curve {
  readonly #options: CurveOptions
  /** Items trained on. */
  readonly #count: number
  readonly #history: MetricPoint[]
  /** Points that the disk would not take yet. */
  #unsaved: MetricPoint[] = []

  /** What the run has so far is read back, so that it is judged by all of it. */
  constructor(options: CurveOptions, count: number) {
    this.#options = options
    this.#count = count
    this.#history = options.session.project.metrics.list(options.run.id)
  }

  get last(): MetricPoint | null {
    return this.#history.at(-1) ?? null
  }

  /**
   * Adds a point. One that the disk does not take is offered again with the next.
   * @param total the run's length in steps, where it has one @param seconds trained so far
   */
  add(point: MetricPoint, total: number | null, seconds: number): void {
    const { session, events, run } = this.#options
    const { project } = session
    this.#history.push(point)
    this.#unsaved.push(point)
    events.emit({ kind: 'metrics', run: run.id, points: [point] })
    const { recipe } = run
    const diagnosis = diagnose(this.#history, {
      count: this.#count,
      latent: recipe.latent,
      beta: recipe.posterior.kind === 'deterministic' ? 0 : recipe.objective.beta,
      learningRate: recipe.optimiser.learningRate,
      augmentation: recipe.augmentation,
      dropout: recipe.network.dropout,
      finished: total !== null && point.step >= total,
    })
    try {
      const info = project.transaction(() => {
        project.metrics.append(run.id, this.#unsaved)
        return project.runs.update(run.id, { step: point.step, epoch: point.epoch, seconds, diagnosis })
      })
      this.#unsaved = []
      events.emit({ kind: 'run', run: info })
    } catch (error) {
      if (!(error instanceof VariaError)) throw error
      pauseForDisk(this.#options, error)
    }
  }
}
