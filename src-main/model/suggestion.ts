/** A recipe with the reasons for its choices. */
import type { RecipeName, SuggestedRecipe } from '../contract/recipe'
import { autoRecipe } from './auto-recipe'
import type { CollectionFacts } from './collection-facts'
import { namedRecipe } from './named-recipe'
import { reasonForLikelihood, reasonForShift } from './reasons'

/** The recipe of a name with a sentence for each choice; `auto` makes them from the collection and the measured speed. */
export function suggestRecipe(name: RecipeName, facts: CollectionFacts): SuggestedRecipe {
  if (name === 'auto') return autoRecipe(facts)
  const recipe = namedRecipe(name, facts)
  const reasons = [
    { field: 'objective', sentence: purposes[name] },
    { field: 'likelihood', sentence: reasonForLikelihood(facts) },
    { field: 'augmentation.shift', sentence: reasonForShift(recipe.augmentation) },
  ]
  return { recipe, reasons }
}

const purposes: Readonly<Record<Exclude<RecipeName, 'auto'>, string>> = {
  vae: 'The plain evidence lower bound: faithful pictures and a space in which every place means something.',
  'beta-vae': 'A KL that weighs four times as much: blurrier pictures, but sliders that each change one thing.',
  autoencoder: 'No KL at all: the sharpest reconstructions, but the space between the designs is left to chance.',
  denoising: 'A quarter of each picture is hidden and has to be filled in: a robust autoencoder that mends damage.',
}
