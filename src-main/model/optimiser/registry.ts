/** Optimisers by the kind a recipe names: one file each here, one case below, one value of the enum in contract/recipe. */
import type { OptimiserRecipe } from '../../contract/recipe'
import { Adam } from './adam'
import type { Optimiser } from './optimiser'
import { Sgd } from './sgd'

/** An optimiser for `length` weights; `decayMask` is 1 where weight decay applies. */
export function makeOptimiser(recipe: OptimiserRecipe, length: number, decayMask: Float32Array): Optimiser {
  switch (recipe.kind) {
    case 'adam':
      return new Adam(recipe, length, decayMask)
    case 'sgd':
      return new Sgd(recipe, length, decayMask)
  }
}
