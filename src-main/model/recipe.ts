/** Everything about recipes in one place: completing and checking, naming and suggesting them, and making their model. */
import type { Recipe } from '../contract/recipe'
import type { PictureShape } from './pictures'
import { completeRecipe } from './recipe-completion'
import { Vae } from './vae'

export type { PictureShape } from './pictures'
export type { CollectionFacts } from './collection-facts'
export { completeRecipe } from './recipe-completion'
export { namedRecipe } from './named-recipe'
export { suggestRecipe } from './suggestion'

/** The model that a recipe describes, with initial weights drawn by `seed`. Throws `recipe-invalid` as {@link completeRecipe}. */
export function buildVae(recipe: Recipe, shape: PictureShape, seed: number): Vae {
  return new Vae(completeRecipe(recipe, shape), shape, seed)
}
