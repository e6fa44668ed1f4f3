/** The recipe of a run to come, while it is being put together. */
import { type Failure, toFailure } from '../../src-main/contract/errors'
import type { Augmentation } from '../../src-main/contract/augmentation'
import type { Recipe, SuggestedRecipe, TrainingLength } from '../../src-main/contract/recipe'
import { latestWins, superseded } from '../app/latest-wins'
import { session } from '../app/session.svelte'
import { type Preset, presets } from './presets'
import { checkRecipe, writePath } from './recipe-path'
import { defaultSeed } from './start-run'

export class RecipeDraft {
  /** Id of the preset it began with; null for a recipe taken from a run. */
  preset = $state<string | null>(null)
  /** What the hand has made of it; perhaps not a valid recipe. */
  tree = $state.raw<unknown>(null)
  reasons = $state.raw<SuggestedRecipe['reasons']>([])
  seed = $state(defaultSeed)
  failure = $state.raw<Failure | null>(null)
  /** Something of the preset was changed by hand. */
  touched = $state(false)

  readonly #check = $derived(checkRecipe(this.tree ?? {}))
  /** The recipe, or null while a field is wrong. */
  readonly recipe = $derived(this.tree === null ? null : this.#check.recipe)
  readonly errors = $derived(this.#check.errors)

  #suggest = latestWins((preset: Preset) => session.call('recipe.suggest', { name: preset.recipe }))

  /** Asks for a preset's recipe as it suits the collection. */
  async choose(preset: Preset): Promise<void> {
    this.preset = preset.id
    try {
      const suggestion = await this.#suggest(preset)
      if (suggestion === superseded || this.preset !== preset.id) return
      this.tree = preset.change?.(suggestion.recipe) ?? suggestion.recipe
      // A preset with a length of its own doesn't follow the reason given for the suggested one.
      this.reasons = suggestion.reasons.filter(({ field }) => preset.change === undefined || field !== 'length')
      this.failure = null
      this.touched = false
    } catch (error) {
      this.failure = toFailure(error)
    }
  }

  /** Starts from a recipe that is there already, as a diagnosis or an earlier run has it. */
  take(recipe: Recipe): void {
    this.#suggest.cancel()
    this.preset = null
    this.tree = recipe
    this.reasons = []
    this.failure = null
    this.touched = false
  }

  chooseFirst(): Promise<void> {
    const [first] = presets
    return first === undefined ? Promise.resolve() : this.choose(first)
  }

  set(path: string, value: unknown): void {
    this.tree = writePath(this.tree, path, value)
    this.touched = true
  }

  setLength(length: TrainingLength): void {
    this.set('length', length)
  }

  setAugmentation(change: Partial<Augmentation>): void {
    if (this.recipe !== null) this.set('augmentation', { ...this.recipe.augmentation, ...change })
  }
}
