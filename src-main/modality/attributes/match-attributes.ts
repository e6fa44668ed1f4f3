import { type AttributeTable } from './parse-attributes'
import { type Attributes } from '../source'

export interface AttributeMatch {
  /** By item name. */
  readonly attributes: ReadonlyMap<string, Attributes>
  /** Rows' names that belong to no item. */
  readonly unmatched: readonly string[]
}

/**
 * Joins a table to items by name: full path first, then base name, then base name without suffix (case and slashes
 * folded); a row whose short name fits several items goes to all of them.
 * Throws VariaError `attributes-unmatched` when no row fits any item.
 */
export function matchAttributes(table: AttributeTable, itemNames: readonly string[], fileName: string): AttributeMatch {
  throw new Error(`not written yet: ${table.rows.length} ${itemNames.length} ${fileName}`)
}
