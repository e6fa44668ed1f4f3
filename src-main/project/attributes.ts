/** Attributes of items: columns of numbers, categories or tags, from a CSV or a sample's facts. */
import { type AttributeColumn, type attributeKind, type AttributeValues } from '../contract/collection'
import { type z } from 'zod'
import { type Database, numberOf, numberOrNull, textOf } from './database'
import { type AttributeValue, attributesOf, searchTextOf } from './items'
import { notFound } from './project-errors'

export type AttributeKind = z.output<typeof attributeKind>

export interface AttributeDefinition {
  readonly name: string
  readonly kind: AttributeKind
}

/** From narrow to wide: a column that gets values of a wider kind becomes of that kind. */
const width: Record<AttributeKind, number> = { number: 0, category: 1, tags: 2 }

export class Attributes {
  constructor(private readonly database: Database) {}

  /** All columns with their ranges and labels, in the order they came. */
  columns(): AttributeColumn[] {
    const items = this.database.number('SELECT count(*) FROM item')
    return this.database.all('SELECT * FROM attribute ORDER BY id').map((row) => {
      const least = numberOrNull(row, 'least')
      const greatest = numberOrNull(row, 'greatest')
      const labels = this.labels(numberOf(row, 'id'))
      return {
        name: textOf(row, 'name'),
        kind: kindOf(textOf(row, 'kind')),
        range: least === null || greatest === null ? null : ([least, greatest] as [number, number]),
        labels,
        missing: items - numberOf(row, 'present'),
      }
    })
  }

  /**
   * One column's value for every item, in item order.
   * @throws VariaError not-found
   */
  values(name: string): AttributeValues {
    const column = this.database.get('SELECT * FROM attribute WHERE name = ?', name)
    if (column === undefined) throw notFound(`attribute “${name}”`)
    const items = this.database.number('SELECT count(*) FROM item')
    const rows = this.database.each('SELECT attributes FROM item ORDER BY id')
    if (textOf(column, 'kind') === 'number') {
      const values = new Float32Array(items).fill(NaN)
      let index = 0
      for (const row of rows) {
        const value = attributesOf(row)[name]
        if (typeof value === 'number') values[index] = value
        index += 1
      }
      return { kind: 'number', name, values }
    }
    const labels = this.labels(numberOf(column, 'id')).map(({ label }) => label)
    const indexOf = new Map(labels.map((label, index) => [label, index]))
    const values = new Int32Array(items).fill(-1)
    let index = 0
    for (const row of rows) {
      const value = attributesOf(row)[name]
      const first = Array.isArray(value) ? value[0] : value
      if (typeof first === 'string') values[index] = indexOf.get(first) ?? -1
      index += 1
    }
    return { kind: 'category', name, labels, values }
  }

  /** Makes columns known; one that is there already with a narrower kind is widened, its values with it. */
  define(columns: readonly AttributeDefinition[]): void {
    this.database.transaction(() => {
      const widened = new Map<string, AttributeKind>()
      for (const { name, kind } of columns) {
        const there = this.database.get('SELECT kind FROM attribute WHERE name = ?', name)
        if (there === undefined) this.database.run('INSERT INTO attribute (name, kind) VALUES (?, ?)', name, kind)
        else if (width[kindOf(textOf(there, 'kind'))] < width[kind]) widened.set(name, kind)
      }
      for (const [name, kind] of widened) this.database.run('UPDATE attribute SET kind = ? WHERE name = ?', kind, name)
      if (widened.size > 0) this.rewrite(() => ({}))
    })
  }

  /**
   * Gives items attributes beside those they have; a value of a name they have already replaces it.
   * @param values by item id
   */
  assign(
    columns: readonly AttributeDefinition[],
    values: ReadonlyMap<number, Readonly<Record<string, AttributeValue>>>,
  ): void {
    this.database.transaction(() => {
      this.define(columns)
      this.rewrite((id) => values.get(id) ?? {})
    })
  }

  /**
   * How to bring an item's values to the kinds of the columns as they are now; what can't be brought is left out, and so
   * are names that no column has.
   */
  fitter(): (attributes: Readonly<Record<string, AttributeValue>>) => Record<string, AttributeValue> {
    const rows = this.database.all('SELECT name, kind FROM attribute')
    const kinds = new Map(rows.map((row) => [textOf(row, 'name'), kindOf(textOf(row, 'kind'))]))
    return (attributes) => {
      const fitted: Record<string, AttributeValue> = {}
      for (const [name, value] of Object.entries(attributes)) {
        const kind = kinds.get(name)
        const kept = kind === undefined ? null : asKind(value, kind)
        if (kept !== null) fitted[name] = kept
      }
      return fitted
    }
  }

  /** Adds the values of new items to the columns' ranges and counts; part of the import's transaction. */
  count(all: Iterable<Readonly<Record<string, AttributeValue>>>): void {
    const tallies = new Map<string, Tally>()
    for (const attributes of all) {
      for (const [name, value] of Object.entries(attributes)) {
        let tally = tallies.get(name)
        if (tally === undefined)
          tallies.set(name, (tally = { present: 0, least: Infinity, greatest: -Infinity, labels: new Map() }))
        addTo(tally, value)
      }
    }
    for (const [name, tally] of tallies) this.add(name, tally)
  }

  /** Counts everything anew, and forgets columns that no item has; part of a cancelled import's transaction. */
  recount(): void {
    this.database.run('DELETE FROM attribute_label')
    this.database.run('UPDATE attribute SET least = NULL, greatest = NULL, present = 0')
    this.count(this.all())
    this.database.run('DELETE FROM attribute WHERE present = 0')
  }

  private *all(): Generator<Record<string, AttributeValue>> {
    for (const row of this.database.each('SELECT attributes FROM item')) yield attributesOf(row)
  }

  private labels(attribute: number): { label: string; count: number }[] {
    return this.database
      .all('SELECT label, count FROM attribute_label WHERE attribute = ? ORDER BY count DESC, label', attribute)
      .map((row) => ({ label: textOf(row, 'label'), count: numberOf(row, 'count') }))
  }

  private add(name: string, tally: Tally): void {
    const row = this.database.get('SELECT * FROM attribute WHERE name = ?', name)
    if (row === undefined) return
    const id = numberOf(row, 'id')
    const least = Math.min(tally.least, numberOrNull(row, 'least') ?? Infinity)
    const greatest = Math.max(tally.greatest, numberOrNull(row, 'greatest') ?? -Infinity)
    this.database.run(
      'UPDATE attribute SET least = ?, greatest = ?, present = present + ? WHERE id = ?',
      least <= greatest ? least : null,
      least <= greatest ? greatest : null,
      tally.present,
      id,
    )
    for (const [label, count] of tally.labels) {
      this.database.run(
        `INSERT INTO attribute_label (attribute, label, count) VALUES (?, ?, ?)
         ON CONFLICT (attribute, label) DO UPDATE SET count = count + excluded.count`,
        id,
        label,
        count,
      )
    }
  }

  /** Merges new values into every item's, fitted to the columns as they are now; a page of items at a time. */
  private rewrite(added: (id: number) => Readonly<Record<string, AttributeValue>>): void {
    const fit = this.fitter()
    const page = 'SELECT id, name, attributes FROM item WHERE id > ? ORDER BY id LIMIT 1000'
    let last = 0
    for (let rows = this.database.all(page, last); rows.length > 0; rows = this.database.all(page, last)) {
      for (const row of rows) {
        last = numberOf(row, 'id')
        const fitted = fit({ ...attributesOf(row), ...added(last) })
        const text = JSON.stringify(fitted)
        if (text === textOf(row, 'attributes')) continue
        this.database.run(
          'UPDATE item SET attributes = ?, search = ? WHERE id = ?',
          text,
          searchTextOf(textOf(row, 'name'), fitted),
          last,
        )
      }
    }
    this.recount()
  }
}

interface Tally {
  present: number
  least: number
  greatest: number
  readonly labels: Map<string, number>
}

function addTo(tally: Tally, value: AttributeValue): void {
  tally.present += 1
  if (typeof value === 'number') {
    tally.least = Math.min(tally.least, value)
    tally.greatest = Math.max(tally.greatest, value)
    return
  }
  for (const label of typeof value === 'string' ? [value] : value) {
    tally.labels.set(label, (tally.labels.get(label) ?? 0) + 1)
  }
}

function kindOf(text: string): AttributeKind {
  return text === 'number' || text === 'tags' ? text : 'category'
}

/** A value as the column's kind holds it; null where it has none there. */
function asKind(value: AttributeValue, kind: AttributeKind): AttributeValue | null {
  switch (kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : null
    case 'category': {
      const label = typeof value === 'object' ? value[0] : String(value)
      return label === undefined || label === '' ? null : label
    }
    case 'tags': {
      const tags = typeof value === 'object' ? [...new Set(value)] : [String(value)]
      return tags.length === 0 ? null : tags
    }
  }
}
