/** Recipes: filling in what one leaves open, checking it, naming it, suggesting one, and making the model it describes. */
import type { Recipe, RecipeName, SuggestedRecipe } from '../contract/recipe'
import type { PictureShape } from './pictures'
import type { Vae } from './vae'

/** What a recipe is suggested from. */
export interface CollectionFacts {
  /** Items to train on. */
  readonly count: number
  readonly shape: PictureShape
  /** Share of values that are within 1/16 of 0 or 1, from 0 to 1; 1 for line art. */
  readonly binaryShare: number
  /** Mean distance of a pixel's channels from their mean, from 0 (grey) to 1. */
  readonly colourfulness: number
  /** Pictures a second of training on the standard net (64x64x1, batch 64) measured here; null when not measured. */
  readonly trainingRate: number | null
}

/** Every field decided: widths for the picture's size where the recipe leaves them empty. Throws as {@link validateRecipe}. */
export declare function completeRecipe(recipe: unknown, shape: PictureShape): Recipe
/** Throws `recipe-invalid`, naming the field and what is allowed, when `recipe` does not fit its schema or the pictures. */
export declare function validateRecipe(recipe: unknown, shape: PictureShape): Recipe
/** The recipe of a name, complete for a collection. */
export declare function namedRecipe(name: RecipeName, facts: CollectionFacts): Recipe
/** The recipe of a name with a sentence for each choice; `auto` makes them from the collection and the measured speed. */
export declare function suggestRecipe(name: RecipeName, facts: CollectionFacts): SuggestedRecipe
/** The model that a recipe describes, with initial weights drawn by `seed`. */
export declare function buildVae(recipe: Recipe, shape: PictureShape, seed: number): Vae
