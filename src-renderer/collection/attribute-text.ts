/** An item's attribute as it is read. */
import type { ItemRef } from '../../src-main/contract/collection'

/** `name` gives the file's name without its folders; an attribute that is missing gives an en dash. */
export function attributeText(item: ItemRef, attribute: string): string {
  const value = item.attributes[attribute]
  if (value === undefined) return attribute === 'name' ? (item.name.split('/').at(-1) ?? item.name) : '–'
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–'
  return Array.isArray(value) ? value.join(', ') : value
}
