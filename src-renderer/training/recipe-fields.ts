/** Every field of a recipe as the expert sheet shows it: in words, with the field's own term on hover. */
import { endFields, learningFields } from './learning-fields'
import { modelFields } from './model-fields'
import { objectiveFields } from './objective-fields'
import type { FieldGroup } from './recipe-field'

export const recipeGroups: readonly FieldGroup[] = [
  { title: 'Model', fields: modelFields },
  { title: 'Objective', fields: objectiveFields },
  { title: 'Learning', fields: learningFields },
  { title: 'End', fields: endFields },
]
