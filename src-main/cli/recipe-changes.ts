/** `--set path=value`: changes of a recipe by dotted paths. */
import { VariaError } from '../contract/errors'
import { type Recipe, recipe as recipeSchema } from '../contract/recipe'

type Fields = Record<string, unknown>

/**
 * Applies changes in their order. Values are read as JSON where they are, else as text. A change of a part's `kind`
 * gives that part its defaults.
 * @throws VariaError `recipe-invalid`, naming the field and what is allowed
 */
export function changeRecipe(recipe: Recipe, changes: readonly string[]): Recipe {
  const fields = JSON.parse(JSON.stringify(recipe)) as Fields
  for (const change of changes) {
    const at = change.indexOf('=')
    if (at <= 0) throw invalid(change, 'write it as path=value', change)
    setField(fields, change.slice(0, at).split('.'), valueOf(change.slice(at + 1)), change)
  }
  const parsed = recipeSchema.safeParse(fields)
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  const field = first?.path.join('.') ?? 'recipe'
  throw invalid(field, first?.message ?? 'not understood', field)
}

function setField(fields: Fields, path: readonly string[], value: unknown, change: string): void {
  const [name, ...rest] = path
  if (name === undefined || !Object.hasOwn(fields, name)) {
    // A part's optional fields are all there with their defaults, so a name that is not there is none.
    throw invalid(path.join('.'), `there is no such field; there are ${Object.keys(fields).join(', ')}`, change)
  }
  if (rest.length === 0) {
    fields[name] = value
    return
  }
  const inner = fields[name]
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) {
    throw invalid(path.join('.'), `${name} has no fields of its own`, change)
  }
  if (rest.length === 1 && rest[0] === 'kind' && (inner as Fields)['kind'] !== value) {
    fields[name] = { kind: value }
    // Filled in now, so that the next change finds the fields of the new kind.
    const parsed = recipeSchema.safeParse(fields)
    if (parsed.success) Object.assign(fields, JSON.parse(JSON.stringify(parsed.data)) as Fields)
    return
  }
  setField(inner as Fields, rest, value, change)
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function invalid(field: string, reason: string, subject: string): VariaError {
  return new VariaError({
    code: 'recipe-invalid',
    message: `The recipe's ${field} can't be that: ${reason}.`,
    remedy: 'Correct the value given with --set.',
    subject,
  })
}
