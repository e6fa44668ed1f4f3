/** Gathers what single steps report into the points of a curve: one a second, means over the pictures seen since the last. */
import { type MetricPoint } from '../../contract/run'
import { type StepReport } from '../../model/training'

const pointSeconds = 1

export class MetricWindow {
  #since = { at: 0, step: 0 }
  #steps = 0
  #negativeElbo = 0
  #reconstruction = 0
  #kl = 0
  #gradientNorm = 0
  #last: StepReport | null = null

  /** Measures the rate from here on: at first, and after a pause. `now` is in milliseconds of this process's clock. */
  start(now: number, step: number): void {
    this.#since = { at: now, step }
  }

  /** Takes time out of the rate that went into something other than steps. */
  leaveOut(milliseconds: number): void {
    this.#since.at += milliseconds
  }

  add(report: StepReport): void {
    this.#last = report
    // A step that was left out has no figures to speak of; it is counted in `skipped`.
    if (report.skipped) return
    this.#steps++
    this.#negativeElbo += report.negativeElbo
    this.#reconstruction += report.reconstruction
    this.#kl += report.kl
    this.#gradientNorm += report.gradientNorm
  }

  isDue(now: number): boolean {
    return now - this.#since.at >= pointSeconds * 1000
  }

  /**
   * The point of what was gathered, and an empty window again; null while there is nothing to tell.
   * @param at the run's time and place @param batch pictures a step
   */
  take(now: number, step: number, batch: number, at: Pick<MetricPoint, 'epoch' | 'seconds'>): MetricPoint | null {
    const elapsed = (now - this.#since.at) / 1000
    const rate = elapsed > 0 ? ((step - this.#since.step) * batch) / elapsed : 0
    this.start(now, step)
    const last = this.#last
    const steps = this.#steps
    if (last === null || steps === 0) return null
    const point: MetricPoint = {
      ...at,
      rate,
      step: last.step,
      split: 'train',
      negativeElbo: this.#negativeElbo / steps,
      reconstruction: this.#reconstruction / steps,
      kl: this.#kl / steps,
      activeUnits: last.activeUnits,
      gradientNorm: this.#gradientNorm / steps,
      skipped: last.skippedSoFar,
      learningRate: last.learningRate,
    }
    this.#steps = this.#negativeElbo = this.#reconstruction = this.#kl = this.#gradientNorm = 0
    this.#last = null
    return point
  }
}
