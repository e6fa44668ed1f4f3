/** Priors by the kind a recipe names: one file each here, one case below, one member of the union in contract/recipe. */
import type { PriorRecipe } from '../../contract/recipe'
import type { Prior } from './prior'
import { standardNormal } from './standard-normal'

export function makePrior(recipe: PriorRecipe): Prior {
  switch (recipe.kind) {
    case 'standard-normal':
      return standardNormal
  }
}
