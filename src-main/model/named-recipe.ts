/** The recipes that have a name: where training begins when nothing is chosen by hand. */
import type { Recipe, RecipeName } from '../contract/recipe'
import { autoRecipe } from './auto-recipe'
import type { CollectionFacts } from './collection-facts'
import { fittingLikelihood } from './fitting-likelihood'
import { quickTraining, usualAugmentation } from './quick-training'
import { completeRecipe } from './recipe-completion'

/** The recipe of a name, complete for a collection. */
export function namedRecipe(name: RecipeName, facts: CollectionFacts): Recipe {
  const { shape } = facts
  const base = {
    name,
    likelihood: fittingLikelihood(facts),
    latent: 32,
    augmentation: usualAugmentation(facts.count),
    ...quickTraining,
  }
  const plain = { ...base, posterior: { kind: 'deterministic' } }
  switch (name) {
    case 'auto':
      return autoRecipe(facts).recipe
    case 'vae':
      return completeRecipe(base, shape)
    case 'beta-vae':
      return completeRecipe({ ...base, objective: { beta: 4, warmup: 0.1 } }, shape)
    case 'autoencoder':
      return completeRecipe({ ...plain, objective: { beta: 0 } }, shape)
    case 'denoising':
      return completeRecipe({ ...plain, objective: { beta: 0, corruption: { kind: 'mask', share: 0.25 } } }, shape)
  }
}
