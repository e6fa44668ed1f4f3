/** Reading and changing a recipe by dotted paths, as the expert sheet and a diagnosis name its fields. */
import { recipe as recipeSchema, type Recipe } from '../../src-main/contract/recipe'

type Tree = { readonly [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at `path`; undefined where there is none. */
export function readPath(recipe: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isTree(at) ? at[key] : undefined), recipe)
}

/** A copy of `tree` with `value` at `path`. */
export function writePath(tree: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('.')
  const at = isTree(tree) ? tree : {}
  return { ...at, [key]: rest.length === 0 ? value : writePath(at[key], rest.join('.'), value) }
}

export type RecipeCheck =
  | { readonly recipe: Recipe; readonly errors: ReadonlyMap<string, string> }
  | { readonly recipe: null; readonly errors: ReadonlyMap<string, string> }

/** Holds a changed recipe to its schema: the recipe, or what is wrong with which field. */
export function checkRecipe(tree: unknown): RecipeCheck {
  const parsed = recipeSchema.safeParse(tree)
  if (parsed.success) return { recipe: parsed.data, errors: new Map() }
  const errors = new Map<string, string>()
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.')
    if (!errors.has(path)) errors.set(path, issue.message)
  }
  return { recipe: null, errors }
}

/** A recipe with the changes of a diagnosis made; the recipe as it was where they don't fit it. */
export function withChanges(recipe: Recipe, change: Readonly<Record<string, unknown>>): Recipe {
  const changed = Object.entries(change).reduce<unknown>((tree, [path, value]) => writePath(tree, path, value), recipe)
  return checkRecipe(changed).recipe ?? recipe
}
