/** Formats of the database, oldest first; each entry takes the one before it to its version. */
import { type Database } from './database'
import { notesOfVersion2, schemaOfVersion1 } from './schema'

export interface Migration {
  /** The format after it; `user_version` in the database. */
  readonly version: number
  /** Runs inside a transaction. */
  apply(database: Database): void
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    apply(database) {
      database.execute(schemaOfVersion1)
    },
  },
  {
    version: 2,
    apply(database) {
      database.execute(notesOfVersion2)
    },
  },
]

/** The newest format in `list`. */
export function newestVersion(list: readonly Migration[] = migrations): number {
  return list.reduce((newest, migration) => Math.max(newest, migration.version), 0)
}

/** Takes a database from its format to the newest in one transaction; after a failure it is as it was. */
export function migrate(database: Database, list: readonly Migration[] = migrations): void {
  database.transaction(() => {
    const from = database.number('PRAGMA user_version')
    for (const migration of list) {
      if (migration.version <= from) continue
      migration.apply(database)
      // PRAGMA takes no parameters; the number is ours.
      database.execute(`PRAGMA user_version = ${migration.version}`)
    }
  })
}
