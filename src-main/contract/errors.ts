/**
 * Everything that can go wrong in a way its user can act on. The union is closed: a `switch` over it
 * is checked for exhaustiveness, so a new code makes the compiler list every place that must say something.
 */
import { z } from 'zod'

export const errorCodes = [
  // requests
  'bad-request', // a payload that does not fit its schema
  'not-allowed', // a door refuses: no grant, no token, read-only
  'not-found', // an id that names nothing
  'cancelled', // stopped by its user
  'busy', // something that must not run twice is running
  // project
  'no-project', // nothing is open
  'project-exists',
  'project-missing',
  'project-locked', // another process writes to it
  'project-read-only',
  'project-newer', // written by a newer version
  'project-damaged',
  'disk-full',
  'disk-error',
  // collection
  'folder-missing',
  'folder-empty', // no picture in it that Varia reads
  'too-few-items',
  'image-damaged',
  'image-unsupported',
  'image-too-large',
  'image-unreadable', // the file system refuses
  'attributes-unmatched', // a CSV in which no row names an item
  'attributes-damaged',
  // training
  'recipe-invalid',
  'run-missing',
  'checkpoint-damaged',
  'checkpoint-missing',
  'training-diverged',
  'backend-unavailable',
  'out-of-memory',
  // latents and export
  'latent-size', // a latent of the wrong length
  'latents-damaged',
  'provenance-missing', // a picture without Varia's settings in it
  'export-exists',
  // everything else
  'engine-lost', // the engine died or the connection broke
  'internal', // a bug
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** What crosses a process border in place of an exception. */
export const failureSchema = z.object({
  code: z.enum(errorCodes),
  /** What happened, and to what: one sentence for people. */
  message: z.string(),
  /** What to do about it: one sentence for people. Empty only for `cancelled`. */
  remedy: z.string(),
  /** The file, item or field it happened to, where there is one. */
  subject: z.string().optional(),
})
export type Failure = z.infer<typeof failureSchema>

/** An error that its user can act on. Thrown inside a process, carried across a border as a {@link Failure}. */
export class VariaError extends Error {
  readonly code: ErrorCode
  readonly remedy: string
  readonly subject: string | undefined

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.message, options)
    this.name = 'VariaError'
    this.code = failure.code
    this.remedy = failure.remedy
    this.subject = failure.subject
  }

  toFailure(): Failure {
    const { code, message, remedy, subject } = this
    return subject === undefined ? { code, message, remedy } : { code, message, remedy, subject }
  }
}

/** The error for a job or request that its user stopped. */
export function cancelled(what: string): VariaError {
  return new VariaError({ code: 'cancelled', message: `${what} was stopped.`, remedy: '' })
}

const refused = {
  code: 'disk-error',
  what: 'The system refuses it',
  remedy: 'Check that you may read and write there, or choose another folder.',
} as const

/** What the file system refuses, in words: its own are for programmers. */
const diskFailures: Record<string, { code: ErrorCode; what: string; remedy: string }> = {
  ENOSPC: {
    code: 'disk-full',
    what: 'The disk is full',
    remedy: 'Free some space on that disk and try again; what was saved before is intact.',
  },
  EDQUOT: {
    code: 'disk-full',
    what: 'Your quota on that disk is used up',
    remedy: 'Free some space on that disk and try again; what was saved before is intact.',
  },
  EROFS: {
    code: 'project-read-only',
    what: 'That disk is read-only',
    remedy: 'Choose a place on another disk, or copy the project to one and open it there.',
  },
  EACCES: refused,
  EPERM: refused,
  EIO: {
    code: 'disk-error',
    what: 'The disk reports a fault',
    remedy: 'Check that it is connected, and copy the project to another disk.',
  },
}

/** Turns whatever was thrown into a {@link Failure}; what nobody foresaw becomes `internal`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof VariaError) return error.toFailure()
  if (error instanceof Error) {
    const { code: errno, path } = error as { code?: string; path?: string }
    const disk = errno === undefined ? undefined : diskFailures[errno]
    if (disk !== undefined) {
      const { code, what, remedy } = disk
      return path === undefined
        ? { code, message: `${what}.`, remedy }
        : { code, message: `${what}: ${path}.`, remedy, subject: path }
    }
    if (error.name === 'AbortError') return cancelled('This').toFailure()
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'This is a fault in Varia: nothing of yours is lost. Try again, and report it if it happens twice.',
  }
}

/** The inverse of {@link toFailure} at the other side of a border. */
export function fromFailure(failure: Failure): VariaError {
  return new VariaError(failure)
}
