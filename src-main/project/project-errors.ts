/** The project's errors in words, and SQLite's and the file system's made into them. */
import { type ErrorCode, toFailure, VariaError } from '../contract/errors'

function fail(code: ErrorCode, message: string, remedy: string, subject?: string, cause?: unknown): VariaError {
  return new VariaError(
    subject === undefined ? { code, message, remedy } : { code, message, remedy, subject },
    cause === undefined ? undefined : { cause },
  )
}

export function projectMissing(folder: string): VariaError {
  return fail('project-missing', `There is no project in ${folder}.`, 'Choose a folder that ends in .varia.', folder)
}

export function projectExists(folder: string): VariaError {
  return fail('project-exists', `${folder} is there already.`, 'Choose another name, or open that project.', folder)
}

export function projectLocked(folder: string): VariaError {
  return fail(
    'project-locked',
    `Another Varia has ${folder} open.`,
    'Close it there, or open the project for reading only.',
    folder,
  )
}

export function projectReadOnly(folder: string, reason: string): VariaError {
  return fail(
    'project-read-only',
    `${folder} can't be changed: ${reason}.`,
    'Open the project for reading only, or copy it to a place you can write to and open the copy.',
    folder,
  )
}

export function projectNewer(folder: string, found: number, known: number): VariaError {
  return fail(
    'project-newer',
    `${folder} was saved by a newer Varia (project format ${found}; this Varia knows up to ${known}).`,
    'Update Varia and open the project again; nothing in it was changed.',
    folder,
  )
}

export function projectDamaged(subject: string, what: string, cause?: unknown): VariaError {
  return fail(
    'project-damaged',
    `${subject} is damaged: ${what}.`,
    'Restore the project folder from a backup; if there is none, copy it first and keep the copy, since the pictures and checkpoints in it may still be whole.',
    subject,
    cause,
  )
}

export function checkpointDamaged(file: string, what: string): VariaError {
  return fail(
    'checkpoint-damaged',
    `The checkpoint ${file} is damaged: ${what}.`,
    'Go on from the checkpoint before it, or train the run again.',
    file,
  )
}

export function checkpointMissing(run: number): VariaError {
  return fail(
    'checkpoint-missing',
    `Run ${run} has no checkpoint yet.`,
    'Train it until its first checkpoint is saved.',
    `run ${run}`,
  )
}

export function runMissing(run: number): VariaError {
  return fail('run-missing', `There is no run ${run} in this project.`, 'Choose one of its runs.', `run ${run}`)
}

export function notFound(what: string): VariaError {
  return fail(
    'not-found',
    `There is no ${what} in this project.`,
    'It may have been removed: refresh and choose again.',
  )
}

export function diskFull(subject: string, cause?: unknown): VariaError {
  return fail(
    'disk-full',
    `The disk of ${subject} is full.`,
    'Free some space on that disk and try again; what was saved before is intact.',
    subject,
    cause,
  )
}

/**
 * What SQLite threw, as an error its user can act on; `subject` names the database. Anything else is passed through,
 * with the file system's errors named.
 */
export function explainStorageError(error: unknown, subject: string): Error {
  if (error instanceof VariaError) return error
  if (!(error instanceof Error)) return new Error(String(error))
  const code = String((error as { code?: unknown }).code ?? '')
  if (code.startsWith('SQLITE_')) {
    if (code === 'SQLITE_FULL') return diskFull(subject, error)
    if (code.startsWith('SQLITE_READONLY')) return projectReadOnly(subject, 'its disk or folder is read-only')
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_FORMAT') {
      return projectDamaged(subject, error.message, error)
    }
    if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') {
      return fail(
        'disk-error',
        `The disk failed on ${subject}: ${error.message}.`,
        'Check that the disk is connected and that you may write there; what was saved before is intact.',
        subject,
        error,
      )
    }
    return error
  }
  const failure = toFailure(error)
  return failure.code === 'internal' ? error : new VariaError(failure, { cause: error })
}
