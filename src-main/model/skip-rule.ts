/**
 * Which steps are left out: those that are not finite, and those whose gradient is far above what this run is used to (vdvae, Child
 * 2021, skips above a fixed norm; a multiple of the running norm needs no tuning when the loss changes its scale).
 */
import type { OptimiserRecipe } from '../contract/recipe'

const renewal = 0.02
/** Steps before the running norm is trusted. */
const settled = 50

export class SkipRule {
  /** Steps left out so far. */
  total = 0
  /** Steps left out since the last one that was not. */
  inARow = 0
  private seen = 0
  private logNorm = 0

  constructor(private readonly recipe: Pick<OptimiserRecipe, 'skipNorm' | 'skipFactor'>) {}

  /** Whether the step with this loss and gradient norm is to be left out; counts it. */
  judge(loss: number, norm: number): boolean {
    const { skipNorm, skipFactor } = this.recipe
    const finite = Number.isFinite(loss) && Number.isFinite(norm)
    const usual = this.seen >= settled && skipFactor > 0 ? Math.exp(this.logNorm) * skipFactor : Infinity
    const skipped = !finite || norm > usual || (skipNorm > 0 && norm > skipNorm)
    if (skipped) {
      this.total++
      this.inARow++
    } else {
      this.inARow = 0
    }
    if (finite && norm > 0) {
      // a norm that was skipped counts as the limit: a lasting change of scale is let in after a while
      const counted = Math.log(Math.min(norm, usual))
      this.seen++
      this.logNorm += Math.max(renewal, 1 / this.seen) * (counted - this.logNorm)
    }
    return skipped
  }

  get state(): Record<string, number> {
    return { skipped: this.total, skippedInARow: this.inARow, normsSeen: this.seen, logNorm: this.logNorm }
  }

  restore(numbers: Readonly<Record<string, number>>): void {
    this.total = numbers.skipped ?? 0
    this.inARow = numbers.skippedInARow ?? 0
    this.seen = numbers.normsSeen ?? 0
    this.logNorm = numbers.logNorm ?? 0
  }
}
