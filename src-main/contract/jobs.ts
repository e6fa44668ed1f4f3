/** Long work: it starts, tells how far it is, can be cancelled (and paused where that makes sense), and ends in a result. */
import { z } from 'zod'
import { failureSchema } from './errors'

export const jobId = z.string().min(1).max(64).brand('JobId')
export type JobId = z.infer<typeof jobId>

export const jobKind = z.enum(['import', 'train', 'map', 'evaluate', 'export', 'doctor'])
export type JobKind = z.infer<typeof jobKind>

export const jobState = z.enum(['running', 'paused', 'done', 'failed', 'cancelled'])

export const jobProgress = z.object({
  id: jobId,
  kind: jobKind,
  title: z.string(),
  state: jobState,
  /** Units done, and in all; null while that is not known. */
  done: z.number().nonnegative(),
  total: z.number().positive().nullable(),
  unit: z.string(),
  /** What it is doing now, for people. */
  detail: z.string(),
  /** Seconds left; null while there is nothing to judge by. */
  secondsLeft: z.number().nonnegative().nullable(),
  canPause: z.boolean(),
  failure: failureSchema.nullable(),
})
export type JobProgress = z.infer<typeof jobProgress>
