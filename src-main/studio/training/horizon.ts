/**
 * How long a run is, in steps. Epochs and steps say so exactly; minutes are turned into steps by the measured speed, and
 * corrected when it changes. Every correction is written down before it takes effect, because the schedules (cosine, KL
 * warm-up) follow from it: a run that was killed replays them and computes what it would have computed.
 */
import { z } from 'zod'
import { type TrainingLength } from '../../contract/recipe'

/** From `atStep` on the run is `totalSteps` long. */
export const horizonEntry = z.object({ atStep: z.int().nonnegative(), totalSteps: z.int().positive() })
export type HorizonEntry = z.infer<typeof horizonEntry>

/** Corrections smaller than this share of what is left would only make the curves restless. */
const worthCorrecting = 0.03

export class Horizon {
  readonly #exact: number | null
  readonly #limit: number | null
  readonly #entries: HorizonEntry[]

  /** @param entries corrections of an earlier part of the run, in the order they were made. */
  constructor(length: TrainingLength, stepsPerEpoch: number, entries: readonly HorizonEntry[]) {
    const byEpochs = length.epochs === null ? null : Math.max(1, Math.ceil(length.epochs * stepsPerEpoch))
    const both = [byEpochs, length.steps].filter((steps): steps is number => steps !== null)
    this.#exact = both.length === 0 ? null : Math.min(...both)
    this.#limit = length.minutes === null ? null : length.minutes * 60
    this.#entries = [...entries]
  }

  /** Seconds after which the run ends; null for no limit. */
  get limit(): number | null {
    return this.#limit
  }

  get entries(): readonly HorizonEntry[] {
    return this.#entries
  }

  /** The length of the run as known at a step; null when it goes on until it is stopped, or was not yet measured. */
  totalAt(step: number): number | null {
    let planned: number | null = null
    for (const entry of this.#entries) if (entry.atStep <= step) planned = entry.totalSteps
    if (planned === null) return this.#limit === null ? this.#exact : null
    return this.#exact === null ? planned : Math.min(planned, this.#exact)
  }

  /**
   * The correction that the measured speed asks for, or null when there is none worth making. It takes effect only once
   * it was handed to {@link adopt}.
   * @param seconds trained so far @param rate steps a second, overheads included
   */
  correction(step: number, seconds: number, rate: number): HorizonEntry | null {
    if (this.#limit === null || rate <= 0) return null
    // A correction for this very step or a later one is known: this stretch is being replayed.
    if (this.#entries.some((entry) => entry.atStep >= step && entry.atStep > 0)) return null
    const totalSteps = Math.max(step + 1, Math.round(step + rate * Math.max(0, this.#limit - seconds)))
    const known = this.totalAt(step)
    if (known !== null) {
      const wanted = this.#exact === null ? totalSteps : Math.min(totalSteps, this.#exact)
      if (Math.abs(wanted - known) <= Math.max(2, worthCorrecting * (known - step))) return null
    }
    return { atStep: step, totalSteps }
  }

  /** Ends the run at this step because its time is up. */
  end(step: number): HorizonEntry {
    return { atStep: step, totalSteps: Math.max(1, step) }
  }

  adopt(entry: HorizonEntry): void {
    this.#entries.push(entry)
  }
}
