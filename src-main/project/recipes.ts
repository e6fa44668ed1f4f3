/** Recipes that were kept under a name of their own. */
import { type Recipe, recipe } from '../contract/recipe'
import { type Database, numberOf, textOf } from './database'
import { jsonOf } from './json-column'

export interface SavedRecipe {
  readonly name: string
  readonly recipe: Recipe
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

export class Recipes {
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {}

  /** All of them, by name. */
  list(): SavedRecipe[] {
    return this.database.all('SELECT * FROM recipe ORDER BY name COLLATE NOCASE').map((row) => ({
      name: textOf(row, 'name'),
      recipe: jsonOf(row, 'recipe', recipe),
      savedAt: numberOf(row, 'saved_at'),
    }))
  }

  /** Keeps a recipe; one of the same name is replaced. */
  save(name: string, kept: Recipe): void {
    this.database.run(
      `INSERT INTO recipe (name, recipe, saved_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET recipe = excluded.recipe, saved_at = excluded.saved_at`,
      name,
      JSON.stringify(kept),
      this.now(),
    )
  }

  remove(name: string): void {
    this.database.run('DELETE FROM recipe WHERE name = ?', name)
  }
}
