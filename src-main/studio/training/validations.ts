/** When a run is validated, which validation was its best, and whether it has run out of patience (early stopping). */

export interface ValidationNumbers {
  /** The best validation loss so far, Infinity before the first. */
  readonly best: number
  /** Validations since then. */
  readonly sinceBest: number
  /** Steps at the last validation. */
  readonly validatedAt: number
}

export interface ValidationOptions {
  /** Items held out; without any there is nothing to validate on. */
  readonly heldOut: number
  readonly stepsPerEpoch: number
  /** Validations without a better one after which the run ends; 0 never. */
  readonly patience: number
}

/** Steps between validations at least, for collections of a few batches, and at most, for huge ones. */
const atLeast = 25
const atMost = 2000

export class Validations {
  readonly #options: ValidationOptions
  #numbers: ValidationNumbers

  /** @param numbers of an earlier part of the run */
  constructor(options: ValidationOptions, numbers: ValidationNumbers) {
    this.#options = options
    this.#numbers = numbers
  }

  /** What a checkpoint keeps of it. */
  get numbers(): ValidationNumbers {
    return this.#numbers
  }

  /** Whether the run could be validated at this step and was not. */
  isMissingAt(step: number): boolean {
    return this.#options.heldOut > 0 && step !== this.#numbers.validatedAt
  }

  /** Once an epoch. */
  isDueAt(step: number): boolean {
    const every = Math.min(atMost, Math.max(atLeast, Math.ceil(this.#options.stepsPerEpoch)))
    return this.isMissingAt(step) && step % every === 0
  }

  /** Takes note of a validation loss; whether it is the best so far. One that is not finite never is. */
  judge(step: number, loss: number): boolean {
    const { best, sinceBest } = this.#numbers
    const isBest = Number.isFinite(loss) && loss < best
    this.#numbers = {
      best: isBest ? loss : best,
      sinceBest: isBest ? 0 : sinceBest + 1,
      validatedAt: step,
    }
    return isBest
  }

  get isOutOfPatience(): boolean {
    const { patience } = this.#options
    return patience > 0 && this.#numbers.sinceBest >= patience
  }
}
