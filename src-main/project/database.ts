/**
 * SQLite, with types at its border. libsql aborts the process on a boolean and misreads other typed arrays, so values are
 * checked before they reach it.
 */
import { pathToFileURL } from 'node:url'
import { types } from 'node:util'
import Libsql from 'libsql'
import { type Disk, realDisk } from './disk'
import { explainStorageError, projectDamaged } from './project-errors'

/** What a column can hold. Booleans are 0 and 1, times are milliseconds since 1970, structures are JSON text. */
export type Value = null | number | string | Uint8Array
export type Row = Record<string, Value>

function checked(values: readonly Value[]): Value[] {
  return values.map((value) => {
    if (value === null || typeof value === 'string') return value
    if (typeof value === 'number') return value
    // Float32Array is no Uint8Array; a Buffer is, and is what libsql reads.
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    throw new TypeError(`SQLite can't store ${typeof value}`)
  })
}

/** A connection. All calls are synchronous; errors of the disk and of SQLite arrive as `VariaError`. */
export class Database {
  private readonly statements = new Map<string, Libsql.Statement>()
  private depth = 0

  private constructor(
    private readonly connection: Libsql.Database,
    /** For error messages. */
    readonly path: string,
    readonly readOnly: boolean,
    private readonly disk: Disk,
  ) {}

  /**
   * Opens a database file; `read` never writes to it nor makes it. `timeout`: milliseconds to wait for another process
   * that is just opening or checkpointing.
   */
  static open(path: string, mode: 'read' | 'write', options: { disk?: Disk; timeout?: number } = {}): Database {
    try {
      const url = pathToFileURL(path).href + (mode === 'read' ? '?mode=ro' : '')
      const connection = new Libsql(url, { timeout: options.timeout ?? 2000 })
      return new Database(connection, path, mode === 'read', options.disk ?? realDisk)
    } catch (error) {
      // libsql gives no code when a file can't be opened: there is none, or the file system refuses.
      const reason = error instanceof Error ? error.message : String(error)
      throw explainStorageError(Object.assign(new Error(reason), { code: 'SQLITE_CANTOPEN' }), path)
    }
  }

  /** Runs statements that return nothing. */
  execute(sql: string): void {
    try {
      this.connection.exec(sql)
    } catch (error) {
      throw explainStorageError(error, this.path)
    }
  }

  /** Runs one statement; returns the number of rows it changed and the last row id. */
  run(sql: string, ...values: readonly Value[]): { changes: number; id: number } {
    try {
      if (this.depth === 0) this.disk.beforeCommit()
      const { changes, lastInsertRowid } = this.statement(sql).run(checked(values))
      return { changes, id: Number(lastInsertRowid) }
    } catch (error) {
      throw explainStorageError(error, this.path)
    }
  }

  /** The first row, if any. */
  get(sql: string, ...values: readonly Value[]): Row | undefined {
    try {
      return this.statement(sql).get(checked(values)) as Row | undefined
    } catch (error) {
      throw explainStorageError(error, this.path)
    }
  }

  /** All rows. */
  all(sql: string, ...values: readonly Value[]): Row[] {
    try {
      return this.statement(sql).all(checked(values)) as Row[]
    } catch (error) {
      throw explainStorageError(error, this.path)
    }
  }

  /** Rows one after the other, for results that should not be in memory at once. Read it to its end at once. */
  *each(sql: string, ...values: readonly Value[]): Generator<Row> {
    try {
      // Not from the cache: a generator left half-read would leave a cached statement busy.
      for (const row of this.connection.prepare(sql).iterate(checked(values))) yield row as Row
    } catch (error) {
      throw explainStorageError(error, this.path)
    }
  }

  /** The first column of the first row, as a number; 0 when there is none. */
  number(sql: string, ...values: readonly Value[]): number {
    const row = this.get(sql, ...values)
    if (row === undefined) return 0
    for (const [name, value] of Object.entries(row)) if (name !== '_metadata') return Number(value ?? 0)
    return 0
  }

  /**
   * Does all of `work` or, if it throws or the commit fails, nothing of it. `work` must not await. A transaction in a
   * transaction is part of the outer one.
   */
  transaction<T>(work: () => T): T {
    if (this.depth > 0) return work()
    this.execute('BEGIN IMMEDIATE')
    this.depth = 1
    try {
      const result = work()
      this.disk.beforeCommit()
      this.execute('COMMIT')
      return result
    } catch (error) {
      // SQLite may have rolled back by itself (a full disk); then there is nothing left to roll back.
      if (this.connection.inTransaction) this.connection.exec('ROLLBACK')
      throw explainStorageError(error, this.path)
    } finally {
      this.depth = 0
    }
  }

  /** Lets go of the file. libsql closes it once its statements are collected, so locks must have been given back before. */
  close(): void {
    this.statements.clear()
    this.connection.close()
  }

  private statement(sql: string): Libsql.Statement {
    let statement = this.statements.get(sql)
    if (statement === undefined) {
      statement = this.connection.prepare(sql)
      this.statements.set(sql, statement)
    }
    return statement
  }
}

/** Column readers. Tables are STRICT, so a column of another type is damage. */
export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw wrongColumn(column)
  return value
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column)
}

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw wrongColumn(column)
  return value
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column)
}

export function bytesOf(row: Row, column: string): Uint8Array {
  const value: unknown = row[column]
  if (value instanceof Uint8Array) return value
  // libsql gives a Buffer for one row and an ArrayBuffer for many.
  if (types.isArrayBuffer(value)) return new Uint8Array(value)
  throw wrongColumn(column)
}

function wrongColumn(column: string): Error {
  return projectDamaged('project.db', `column ${column} holds something unknown`)
}
