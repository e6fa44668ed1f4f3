/**
 * One writer per project. The lock is an exclusive transaction on an empty database of its own: the operating system
 * gives it back when its holder dies, however it dies, on Linux, macOS and Windows alike, and SQLite already knows how
 * to ask each of them for it.
 */
import { join } from 'node:path'
import { VariaError } from '../contract/errors'
import { Database } from './database'
import { projectLocked, projectReadOnly } from './project-errors'

export const lockFile = 'project.lock'

export class ProjectLock {
  private constructor(private readonly database: Database) {}

  /**
   * Takes the lock of a project's folder.
   * @throws VariaError project-locked when another process, or this one, holds it; project-read-only when the folder
   * can't be written to
   */
  static take(folder: string): ProjectLock {
    let database: Database
    try {
      database = Database.open(join(folder, lockFile), 'write', { timeout: 0 })
    } catch (error) {
      if (error instanceof VariaError && error.code === 'disk-error') {
        throw projectReadOnly(folder, 'its folder can’t be written to')
      }
      throw error
    }
    try {
      database.execute('BEGIN EXCLUSIVE')
    } catch (error) {
      database.close()
      if ((error as { code?: unknown }).code === 'SQLITE_BUSY') throw projectLocked(folder)
      throw error
    }
    return new ProjectLock(database)
  }

  /** Gives the lock back. */
  release(): void {
    this.database.execute('ROLLBACK')
    this.database.close()
  }
}
