/** The items of the collection: names, sizes, duplicates, ratings, which are held out. Their pictures are in `pixels`. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type ItemPage, type itemQuery, type ItemRef } from '../contract/collection'
import { type Database, numberOf, numberOrNull, type Row, textOf, textOrNull, type Value } from './database'
import { jsonOf } from './json-column'
import { notFound } from './project-errors'

export type AttributeValue = number | string | readonly string[]

/** An item to import; its picture comes beside it. */
export interface NewItem {
  /** Path below the imported folder, with `/`. */
  readonly name: string
  /** Of the original, in pixels. */
  readonly width: number
  readonly height: number
  /** Hexadecimal hash of the content: of the framed pixels or of the file; the same for the same picture. */
  readonly contentHash: string
  readonly attributes?: Readonly<Record<string, AttributeValue>> | undefined
  /** Where the original lies. */
  readonly source?: string | null | undefined
}

export type ItemQuery = z.output<typeof itemQuery>

/** Whether content is kept for evaluation: a tenth of all, chosen by its hash alone, so that copies stay together. */
export function isHeldOut(contentHash: string): boolean {
  // Hashed again, so that it does not matter which hash the content was given, nor whether its digits are uniform.
  return createHash('sha256').update(contentHash).digest().readUInt32LE(0) % 10 === 0
}

const attributesSchema = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())]))

const orders: Record<ItemQuery['sort'], string> = {
  name: 'name COLLATE NOCASE, id',
  added: 'id',
  rating: 'rating DESC, id',
}
/** The condition in SQL of each filter: what is counted is what is listed. */
export const itemFilters: Record<ItemQuery['only'], string> = {
  all: 'TRUE',
  duplicates: '(duplicate_of IS NOT NULL OR id IN (SELECT duplicate_of FROM item WHERE duplicate_of IS NOT NULL))',
  heldOut: 'held_out = 1',
  rated: 'rating > 0',
}

export class Items {
  constructor(private readonly database: Database) {}

  /** All items, valid or held out. */
  count(): number {
    return this.database.number('SELECT count(*) FROM item')
  }

  /** @throws VariaError not-found */
  get(id: number): ItemRef {
    const row = this.database.get('SELECT * FROM item WHERE id = ?', id)
    if (row === undefined) throw notFound(`item ${id}`)
    return refOf(row)
  }

  /** Items by id, in the order asked for. @throws VariaError not-found */
  getMany(ids: readonly number[]): ItemRef[] {
    return ids.map((id) => this.get(id))
  }

  /** One page of what a query finds, and how many it finds in all. Words are joined by “and”; case does not matter. */
  query(query: ItemQuery): ItemPage {
    const { where, values } = conditionsOf(query)
    const total = this.database.number(`SELECT count(*) FROM item WHERE ${where}`, ...values)
    const rows = this.database.all(
      `SELECT * FROM item WHERE ${where} ORDER BY ${orders[query.sort]} LIMIT ? OFFSET ?`,
      ...values,
      query.limit,
      query.offset,
    )
    return { total, items: rows.map(refOf) }
  }

  /** Ids in item order: of all items, of those trained on, or of those held out. */
  ids(which: 'all' | 'train' | 'heldOut' = 'all'): Int32Array {
    const where = { all: 'TRUE', train: 'held_out = 0', heldOut: 'held_out = 1' }[which]
    const ids = new Int32Array(this.database.number(`SELECT count(*) FROM item WHERE ${where}`))
    let index = 0
    for (const row of this.database.each(`SELECT id FROM item WHERE ${where} ORDER BY id`)) {
      ids[index++] = numberOf(row, 'id')
    }
    return ids
  }

  /** Every item's id and name, in item order; for joining attributes by name. */
  *names(): Generator<{ id: number; name: string }> {
    for (const row of this.database.each('SELECT id, name FROM item ORDER BY id')) {
      yield { id: numberOf(row, 'id'), name: textOf(row, 'name') }
    }
  }

  /** The first item with that content, or null. */
  withContent(contentHash: string): number | null {
    const row = this.database.get('SELECT id FROM item WHERE content_hash = ? ORDER BY id LIMIT 1', contentHash)
    return row === undefined ? null : numberOf(row, 'id')
  }

  /** Where an item's original was when it was imported, or null. */
  source(id: number): string | null {
    const row = this.database.get('SELECT source FROM item WHERE id = ?', id)
    return row === undefined ? null : textOrNull(row, 'source')
  }

  /** @param rating 0 (none) to 5 */
  rate(ids: readonly number[], rating: number): void {
    this.database.transaction(() => {
      for (const id of ids) {
        if (this.database.run('UPDATE item SET rating = ? WHERE id = ?', rating, id).changes === 0) {
          throw notFound(`item ${id}`)
        }
      }
    })
  }

  /** Adds items behind those that are there; part of an import's transaction. */
  insert(items: readonly NewItem[], addedAt: number): void {
    let id = this.database.number('SELECT max(id) FROM item')
    for (const item of items) {
      id += 1
      const attributes = item.attributes ?? {}
      this.database.run(
        `INSERT INTO item (id, name, source, width, height, content_hash, held_out, duplicate_of, added_at, attributes, search)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        item.name,
        item.source ?? null,
        item.width,
        item.height,
        item.contentHash,
        isHeldOut(item.contentHash) ? 1 : 0,
        this.withContent(item.contentHash),
        addedAt,
        JSON.stringify(attributes),
        searchTextOf(item.name, attributes),
      )
    }
  }

  /** Removes the items from `first` on; part of a cancelled import's transaction. */
  removeFrom(first: number): void {
    // Newest first, so that no copy outlives its original.
    this.database.run('UPDATE item SET duplicate_of = NULL WHERE id >= ?', first)
    this.database.run('DELETE FROM item WHERE id >= ?', first)
  }
}

/** What the search field looks through: name, categories and tags, in lower case. */
export function searchTextOf(name: string, attributes: Readonly<Record<string, AttributeValue>>): string {
  const words = [name]
  for (const value of Object.values(attributes)) {
    if (typeof value === 'string') words.push(value)
    else if (typeof value !== 'number') words.push(...value)
  }
  return words.join('\n').toLowerCase()
}

/** Attributes of an item's row. */
export function attributesOf(row: Row): Record<string, number | string | string[]> {
  return jsonOf(row, 'attributes', attributesSchema)
}

function conditionsOf(query: ItemQuery): { where: string; values: Value[] } {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean)
  const conditions = [itemFilters[query.only], ...words.map(() => 'instr(search, ?) > 0')]
  return { where: conditions.join(' AND '), values: words }
}

function refOf(row: Row): ItemRef {
  return {
    id: numberOf(row, 'id'),
    name: textOf(row, 'name'),
    width: numberOf(row, 'width'),
    height: numberOf(row, 'height'),
    heldOut: row.held_out === 1,
    duplicateOf: numberOrNull(row, 'duplicate_of'),
    rating: numberOf(row, 'rating'),
    attributes: attributesOf(row),
  }
}
