/** Posteriors by the kind a recipe names: one file each here, one case below, one member of the union in contract/recipe. */
import type { PosteriorRecipe } from '../../contract/recipe'
import { deterministic } from './deterministic'
import { gaussian } from './gaussian'
import type { Posterior } from './posterior'

export function makePosterior(recipe: PosteriorRecipe): Posterior {
  switch (recipe.kind) {
    case 'deterministic':
      return deterministic
    case 'gaussian':
      return gaussian
  }
}
