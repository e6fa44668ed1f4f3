/** How fast weights move over a run. */
import type { OptimiserRecipe } from '../../contract/recipe'

/** Adam's first steps are taken on moments of a few batches: they are kept small over this share of the run, at most this many. */
const rampShare = 0.02
const rampSteps = 100
/** Where the cosine ends, as a share of the rate: a run that goes on past its horizon still learns. */
const floor = 0.01

/** The learning rate at a step, counted from 0; constant after a ramp where there is no horizon. */
export function learningRateAt(step: number, recipe: OptimiserRecipe, totalSteps: number | null): number {
  const ramp = Math.min(rampSteps, Math.ceil(rampShare * (totalSteps ?? Infinity)))
  const start = Math.min(1, (step + 1) / (ramp + 1))
  if (recipe.schedule === 'constant' || totalSteps === null) return recipe.learningRate * start
  const done = Math.min(1, step / totalSteps)
  return recipe.learningRate * start * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * done)))
}

/** The decay of the weights' moving average at a step: shorter while few steps are behind, so that it isn't held by the start. */
export function averageDecayAt(step: number, ema: number): number {
  return Math.min(ema, (1 + step) / (10 + step))
}
