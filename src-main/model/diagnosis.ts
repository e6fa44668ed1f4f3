/** Reads a run's curves and says in plain words how it goes and what to try. */

/** What of a metric point (contract/run) a diagnosis looks at. */
export interface CurvePoint {
  readonly step: number
  readonly epoch: number
  readonly split: 'train' | 'validation'
  readonly negativeElbo: number
  readonly reconstruction: number
  readonly kl: number
  readonly activeUnits: number
  readonly gradientNorm: number
  readonly skipped: number
  readonly learningRate: number
}

/** What about the run itself a diagnosis needs. */
export interface RunFacts {
  /** Items trained on. */
  readonly count: number
  readonly latent: number
  /** Weight of the KL; 0 for an autoencoder, which cannot collapse. */
  readonly beta: number
  readonly finished: boolean
}

/** As contract/run's `diagnosis`. */
export interface Diagnosis {
  readonly kind:
    'learning' | 'converged' | 'collapse' | 'diverged' | 'exploding' | 'overfit' | 'too-little-data' | 'plateau'
  readonly severity: 'good' | 'note' | 'warning' | 'bad'
  readonly sentence: string
  readonly remedy: string
  /** Changes of the recipe that do it: dotted path to value; null where no change helps. */
  readonly change: Record<string, unknown> | null
}

/** The most important thing to say about a history of points, oldest first; null before there is anything to say. */
export declare function diagnose(history: readonly CurvePoint[], facts: RunFacts): Diagnosis | null
