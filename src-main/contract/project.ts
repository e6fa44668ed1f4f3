/** A project: one folder `Name.varia/` with a collection, its runs, maps and board. */
import { z } from 'zod'
import { collectionInfo } from './collection'
import { runId } from './run'

/**
 * Permission to use one path. Paths never come from a renderer: a door hands out a grant when its user picks
 * something in a system dialog or drops it, and the renderer passes the grant on (SAFETY row 10).
 */
export const grantId = z.string().min(8).max(64).brand('GrantId')
export type GrantId = z.infer<typeof grantId>

export const recentProject = z.object({
  id: z.string(),
  name: z.string(),
  /** Where it lies, to be shown to people only. */
  place: z.string(),
  openedAt: z.number(),
  /** False when the folder is gone. */
  present: z.boolean(),
})
export type RecentProject = z.infer<typeof recentProject>

/** An import that a crash ended half-way: what it had written down is there, the rest is not. */
export const interruptedImport = z.object({
  origin: z.string(),
  /** Designs that came in. */
  count: z.int().nonnegative(),
})
export type InterruptedImport = z.infer<typeof interruptedImport>

export const projectInfo = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  formatVersion: z.int(),
  /** Why it can't be written to, or null when it can. */
  readOnly: z.string().nullable(),
  collection: collectionInfo.nullable(),
  activeRun: runId.nullable(),
  /** The import that waits for someone to keep it or take it back; null where there is none. */
  interruptedImport: interruptedImport.nullable(),
  /** What was found amiss when it was opened; the rest works. */
  notices: z.array(z.object({ message: z.string(), remedy: z.string() })),
})
export type ProjectInfo = z.infer<typeof projectInfo>

/** `name` becomes the folder `Name.varia` in the door's projects folder unless a grant names another folder. */
export const createProject = z.object({
  name: z.string().trim().min(1).max(120),
  folder: grantId.optional(),
})

export const openProject = z.object({
  from: z.union([
    z.object({ kind: z.literal('recent'), id: z.string() }),
    z.object({ kind: z.literal('grant'), grant: grantId }),
  ]),
  /** Opens without writing, as when another window already writes to it. */
  readOnly: z.boolean().default(false),
})
