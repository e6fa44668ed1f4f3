/** Settings of the project: small values under names, kept as JSON and read back with the schema of whoever asks. */
import { type z } from 'zod'
import { type Database } from './database'
import { jsonOf } from './json-column'

export class Settings {
  constructor(private readonly database: Database) {}

  /** The value under `key`, or null where there is none. */
  get<Schema extends z.ZodType>(key: string, schema: Schema): z.output<Schema> | null {
    const row = this.database.get('SELECT value FROM setting WHERE key = ?', key)
    return row === undefined ? null : jsonOf(row, 'value', schema)
  }

  set(key: string, value: unknown): void {
    this.database.run(
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      JSON.stringify(value),
    )
  }

  remove(key: string): void {
    this.database.run('DELETE FROM setting WHERE key = ?', key)
  }
}
