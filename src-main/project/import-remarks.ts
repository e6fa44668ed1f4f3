/** What imports had to say of single files: which did not come in, and what is worth knowing about those that did. */
import { type ImportNote, importNote, type ImportProblem, importProblem } from '../contract/collection'
import { type Database } from './database'

export class ImportRemarks {
  constructor(private readonly database: Database) {}

  /** Files that were not imported, and why, in the order they came. */
  problems(): ImportProblem[] {
    return this.database
      .all('SELECT name, code, message FROM import_problem ORDER BY id')
      .map((row) => importProblem.parse({ name: row.name, code: row.code, message: row.message }))
  }

  /** What is worth knowing about files that were imported, in the order they came. */
  notes(): ImportNote[] {
    return this.database
      .all('SELECT name, message FROM import_note ORDER BY id')
      .map((row) => importNote.parse({ name: row.name, message: row.message }))
  }

  /** Keeps them with the import that made them, and as long as it; part of its transaction. */
  insert(id: number, problems: readonly ImportProblem[], notes: readonly ImportNote[]): void {
    for (const { name, code, message } of problems) {
      this.database.run(
        'INSERT INTO import_problem (import, name, code, message) VALUES (?, ?, ?, ?)',
        id,
        name,
        code,
        message,
      )
    }
    for (const { name, message } of notes) {
      this.database.run('INSERT INTO import_note (import, name, message) VALUES (?, ?, ?)', id, name, message)
    }
  }
}
