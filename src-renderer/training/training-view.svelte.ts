/** What the training workspace shows: a run as it goes, or the form of a new one. */
import type { Recipe } from '../../src-main/contract/recipe'
import type { RunId } from '../../src-main/contract/run'

class TrainingView {
  /** The run that is watched; null means the newest. */
  run = $state<RunId | null>(null)
  composing = $state(false)
  /** What the form starts from; null means a suggestion for the collection. */
  from = $state.raw<Recipe | null>(null)

  /** Watches a run. */
  show(run: RunId): void {
    this.run = run
    this.composing = false
  }

  /** Opens the form for a new run. */
  compose(from: Recipe | null = null): void {
    this.from = from
    this.composing = true
  }
}

export const trainingView = new TrainingView()
