/**
 * libsql aborts its process when it meets text that is no UTF-8, which SQLite itself stores without a word. So a
 * database that may be damaged has all its text looked at as bytes before any of it is read as text.
 */
import { bytesOf, type Database, textOf } from './database'
import { projectDamaged } from './project-errors'

/** Rows looked at in one query, so that no answer is larger than some megabytes. */
const rowsAtOnce = 4096

/** @throws VariaError project-damaged */
export function checkText(database: Database): void {
  // The schema first: the names of tables and columns are text too.
  check(
    database,
    "SELECT group_concat(type || char(10) || name || char(10) || coalesce(sql, '')) AS text FROM sqlite_schema",
  )
  const tables = database.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  for (const table of tables.map((row) => quoted(textOf(row, 'name')))) {
    const columns = database
      .all(`PRAGMA table_info(${table})`)
      .filter((row) => textOf(row, 'type') === 'TEXT')
      .map((row) => `coalesce(${quoted(textOf(row, 'name'))}, '')`)
    if (columns.length === 0) continue
    const rows = database.number(`SELECT count(*) FROM ${table}`)
    const text = columns.join(' || char(10) || ')
    for (let offset = 0; offset < rows; offset += rowsAtOnce) {
      const page = `SELECT ${text} AS line FROM ${table} LIMIT ${rowsAtOnce} OFFSET ${offset}`
      check(database, `SELECT group_concat(line) AS text FROM (${page})`)
    }
  }
}

function check(database: Database, sql: string): void {
  const row = database.get(`SELECT CAST(coalesce(text, '') AS BLOB) AS bytes FROM (${sql})`)
  if (row === undefined) return
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(row, 'bytes'))
  } catch (error) {
    throw projectDamaged(database.path, 'some of its text is unreadable', error)
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
