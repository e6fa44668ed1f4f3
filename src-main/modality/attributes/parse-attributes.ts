import { type AttributeValue } from '../source'

export interface AttributeTable {
  /** Columns besides the names, in the file's order, with what they hold. */
  readonly columns: readonly { readonly name: string; readonly kind: 'number' | 'category' | 'tags' }[]
  /** A row's item name as written, and its values by column; missing values are left out. */
  readonly rows: readonly { readonly name: string; readonly values: Readonly<Record<string, AttributeValue>> }[]
}

/**
 * Reads a CSV of attributes: comma, semicolon or tab, with or without byte order mark; one header line. The items' names
 * stand in the column called file, name, path..., else in the first.
 * Throws VariaError `attributes-damaged`, naming the row.
 */
export function parseAttributes(data: Uint8Array, fileName: string): AttributeTable {
  throw new Error(`not written yet: ${data.length} ${fileName}`)
}
