/** Starting runs from the recipe's form. */
import type { Recipe } from '../../src-main/contract/recipe'
import type { RunId } from '../../src-main/contract/run'
import { navigation } from '../app/navigation.svelte'
import { session } from '../app/session.svelte'
import { trainingView } from './training-view.svelte'

/** Seed of runs unless another is asked for: the same collection and recipe give the same run. */
export const defaultSeed = 1

/** Learns with a recipe, makes the new run the one that everything shows, and goes to where one can watch. */
export async function startRecipe(recipe: Recipe, seed = defaultSeed): Promise<RunId> {
  const { run } = await session.call('run.start', { recipe, seed })
  session.adopt(await session.call('run.select', { run }))
  trainingView.show(run)
  navigation.go('training')
  return run
}
