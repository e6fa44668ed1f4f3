/** Optimisers by the kind a recipe names: one file each here, one case below, one value of the enum in contract/recipe. */
import type { OptimiserRecipe } from '../../contract/recipe'
import { adam } from './adam'
import { MovingOptimiser, type UpdateRule } from './moving-optimiser'
import type { Optimiser } from './optimiser'
import { sgd } from './sgd'

/** An optimiser of the weights that `decayMask` [n] describes: it is 1 where weight decay applies. */
export function makeOptimiser(recipe: OptimiserRecipe, decayMask: Float32Array): Optimiser {
  return new MovingOptimiser(ruleOf(recipe), recipe.weightDecay, decayMask)
}

function ruleOf(recipe: OptimiserRecipe): UpdateRule {
  switch (recipe.kind) {
    case 'adam':
      return adam(recipe)
    case 'sgd':
      return sgd(recipe)
  }
}
