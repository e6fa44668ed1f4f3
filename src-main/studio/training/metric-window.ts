/** Gathers what single steps report into the points of a curve: means over the pictures seen since the last point. */
import { type MetricPoint } from '../../contract/run'
import { type StepReport } from '../../model/training'

export class MetricWindow {
  #steps = 0
  #negativeElbo = 0
  #reconstruction = 0
  #kl = 0
  #gradientNorm = 0
  #last: StepReport | null = null

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

  /** The point of what was gathered, and an empty window again; null while there is nothing to tell. */
  take(at: Pick<MetricPoint, 'epoch' | 'seconds' | 'rate'>): MetricPoint | null {
    const last = this.#last
    const steps = this.#steps
    if (last === null || steps === 0) return null
    const point: MetricPoint = {
      ...at,
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
