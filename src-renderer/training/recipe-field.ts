/** What the expert sheet knows of one field of a recipe, and short ways to write it down. */
import type { Recipe } from '../../src-main/contract/recipe'

type Holds = (recipe: Recipe) => boolean

interface Shown {
  /** Dotted path of the value in a recipe. */
  readonly path: string
  readonly label: string
  /** The term of art and what it does. */
  readonly term: string
  /** Whether a recipe has the field; always when absent. */
  readonly when?: Holds
}

export interface NumberField extends Shown {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly unit?: string
  /** What an empty field means, where it may be empty. */
  readonly empty?: string
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly detail?: string
  /** Whether a recipe can have it; always when absent. */
  readonly when?: Holds
}

export interface ChoiceField extends Shown {
  readonly kind: 'choice'
  readonly options: readonly Option[]
  /** For the kind of a part with fields of its own: the part anew, with its defaults. */
  readonly fresh?: (kind: string) => unknown
}

export interface SwitchField extends Shown {
  readonly kind: 'switch'
}

/** A list of whole numbers. */
export interface NumbersField extends Shown {
  readonly kind: 'numbers'
  readonly empty: string
}

export type RecipeField = NumberField | ChoiceField | SwitchField | NumbersField

export interface FieldGroup {
  readonly title: string
  readonly fields: readonly RecipeField[]
}

type Range = readonly [min: number, max: number, step: number]

export function number(
  path: string,
  label: string,
  term: string,
  [min, max, step]: Range,
  more: Pick<NumberField, 'unit' | 'empty' | 'when'> = {},
): NumberField {
  return { kind: 'number', path, label, term, min, max, step, ...more }
}

export function choice(
  path: string,
  label: string,
  term: string,
  options: readonly Option[],
  more: Pick<ChoiceField, 'fresh' | 'when'> = {},
): ChoiceField {
  return { kind: 'choice', path, label, term, options, ...more }
}

export function option(value: string, label: string, more: Pick<Option, 'detail' | 'when'> = {}): Option {
  return { value, label, ...more }
}

/** "32, 64, 128" as numbers; null where it can't be read. */
export function parseNumbers(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const values = parts.map(Number)
  return values.every((value) => Number.isInteger(value) && value > 0) ? values : null
}
