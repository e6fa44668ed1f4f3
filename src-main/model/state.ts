/** What a checkpoint holds. */
import type { NamedArray } from './parameters'

/**
 * All that is needed to go on with a run, as plain numbers: weights as `weights/<name>`, their moving average as
 * `average/<name>`, the optimiser's moments as `optimiser/<name>` (one flat vector each); step, updates, noise level and the like in `numbers`. Random
 * numbers are a function of seed and step, so `step` is their position.
 */
export interface TrainingState {
  readonly numbers: Record<string, number>
  readonly tensors: Record<string, NamedArray>
}
