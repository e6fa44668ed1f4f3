/** Which row of a table belongs to which item. */
import { VariaError } from '../../contract/errors'
import { type Attributes } from '../source'
import { type AttributeTable } from './parse-attributes'

export interface AttributeMatch {
  /** By item name. */
  readonly attributes: ReadonlyMap<string, Attributes>
  /** Rows' names that belong to no item. */
  readonly unmatched: readonly string[]
}

/**
 * Joins a table to items by name: full path first, then the path's end, then base name, then base name without suffix
 * (case and slashes folded); a short name that fits several items goes to all of them. A later row adds to an
 * earlier one for the same item, and wins where both have a value.
 * Throws VariaError `attributes-unmatched` when no row fits any item.
 */
export function matchAttributes(table: AttributeTable, itemNames: readonly string[], fileName: string): AttributeMatch {
  const levels = [fold, baseName, stem].map((key) => indexBy(itemNames, key))
  const attributes = new Map<string, Attributes>()
  const unmatched: string[] = []
  for (const { name, values } of table.rows) {
    const found = find(name, levels)
    if (found.length === 0) unmatched.push(name)
    for (const item of found) attributes.set(item, { ...attributes.get(item), ...values })
  }
  if (attributes.size === 0) {
    const [example] = itemNames
    throw new VariaError({
      code: 'attributes-unmatched',
      message: `No line of “${fileName}” names a picture of this collection${unmatched[0] === undefined ? '' : ` (its first is “${unmatched[0]}”)`}.`,
      remedy: `Put the pictures’ file names in the first column${example === undefined ? '' : `, such as “${example}”`}.`,
      subject: fileName,
    })
  }
  return { attributes, unmatched }
}

type Index = ReadonlyMap<string, readonly string[]>

function indexBy(names: readonly string[], key: (name: string) => string): Index {
  const index = new Map<string, string[]>()
  for (const name of names) {
    const found = index.get(key(name))
    if (found === undefined) index.set(key(name), [name])
    else found.push(name)
  }
  return index
}

function find(name: string, [paths, bases, stems]: readonly Index[]): readonly string[] {
  const wanted = fold(name)
  const exact = paths?.get(wanted)
  if (exact !== undefined) return exact
  const base = baseName(name)
  const sameBase = bases?.get(base)
  if (sameBase !== undefined) {
    // A path that begins elsewhere still tells two files of one name apart.
    const sameEnd = sameBase.filter((item) => wanted.endsWith(`/${fold(item)}`) || fold(item).endsWith(`/${wanted}`))
    return sameEnd.length > 0 ? sameEnd : sameBase
  }
  return stems?.get(base) ?? stems?.get(stem(name)) ?? []
}

function fold(name: string): string {
  return name
    .trim()
    .normalize('NFC')
    .replace(/\\/g, '/')
    .replace(/^\.?\/+/, '')
    .toLowerCase()
}

function baseName(name: string): string {
  const folded = fold(name)
  return folded.slice(folded.lastIndexOf('/') + 1)
}

function stem(name: string): string {
  const base = baseName(name)
  const dot = base.lastIndexOf('.')
  return dot > 0 ? base.slice(0, dot) : base
}
