/** Rows that belong to a run refuse one that is not there, in words rather than as a broken foreign key. */
import { type Database } from './database'
import { runMissing } from './project-errors'

/** @throws VariaError run-missing */
export function expectRun(database: Database, run: number): void {
  if (database.get('SELECT id FROM run WHERE id = ?', run) === undefined) throw runMissing(run)
}
