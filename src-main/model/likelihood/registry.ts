/** Likelihoods by the kind a recipe names: one file each here, one case below, one member of the union in contract/recipe. */
import type { LikelihoodRecipe } from '../../contract/recipe'
import { bernoulli } from './bernoulli'
import { gaussian } from './gaussian'
import type { Likelihood } from './likelihood'
import { optimalSigma } from './optimal-sigma'

export function makeLikelihood(recipe: LikelihoodRecipe): Likelihood {
  switch (recipe.kind) {
    case 'bernoulli':
      return bernoulli
    case 'gaussian':
      return gaussian(recipe.sigma)
    case 'optimal-sigma':
      return optimalSigma(recipe.minLogSigma)
  }
}
