/** JSON in columns, held to the contract's schemas when it is read. */
import { type z } from 'zod'
import { type Row, textOf } from './database'
import { projectDamaged } from './project-errors'

/** Parses a column; JSON that doesn't parse or doesn't fit `schema` is damage, named by its column. */
export function jsonOf<Schema extends z.ZodType>(row: Row, column: string, schema: Schema): z.output<Schema> {
  let parsed: unknown
  try {
    parsed = JSON.parse(textOf(row, column))
  } catch (error) {
    throw projectDamaged('project.db', `column ${column} holds no JSON`, error)
  }
  const result = schema.safeParse(parsed)
  if (!result.success) throw projectDamaged('project.db', `column ${column} holds something unknown`, result.error)
  return result.data
}

/** Parses a column that may be NULL. */
export function jsonOrNull<Schema extends z.ZodType>(
  row: Row,
  column: string,
  schema: Schema,
): z.output<Schema> | null {
  return row[column] === null || row[column] === undefined ? null : jsonOf(row, column, schema)
}
