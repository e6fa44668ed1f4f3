/**
 * What the desktop's main process and the engine process say to each other beside the procedures: grants, new windows,
 * how things stand, the end. Both sides parse what they hear; neither trusts the other to be of the same version.
 */
import { z } from 'zod'
import { backendName } from './backend'
import { failureSchema } from './errors'
import { grantId } from './project'
import { runId } from './run'

/** What an engine that died had in hand, so that the next one takes it up again. */
export const restore = z.object({
  /** The open project, as `project.recent` knows it. */
  project: z.string(),
  readOnly: z.boolean(),
  /** The runs that were training: they go on from their last checkpoints. */
  runs: z.array(runId),
})
export type Restore = z.infer<typeof restore>

export const engineStart = z.object({
  dataFolder: z.string().min(1),
  projectsFolder: z.string().min(1),
  version: z.string(),
  backend: backendName.optional(),
  restore: restore.nullable(),
})
export type EngineStart = z.infer<typeof engineStart>

/** Purposes as in studio/grants. */
export const grantRequest = z.object({
  path: z.string().min(1),
  kind: z.enum(['folder', 'file']),
  purpose: z.enum(['import', 'attributes', 'open-project', 'create-project', 'latents', 'export']),
})
export type GrantRequest = z.infer<typeof grantRequest>

/** From the main process to the engine. */
export const toEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), start: engineStart }),
  /** A new window: its MessagePort comes along, or its messages follow as `relay`. */
  z.object({ type: z.literal('client'), client: z.int() }),
  z.object({ type: z.literal('relay'), client: z.int(), message: z.unknown() }),
  z.object({ type: z.literal('gone'), client: z.int() }),
  z.object({ type: z.literal('grant'), request: z.int(), grants: z.array(grantRequest) }),
  /** Asks for the path behind a grant, to show it in the system's file browser. */
  z.object({ type: z.literal('place'), request: z.int(), grant: z.string() }),
  /** End politely: pause training with a checkpoint, close the project, then exit. */
  z.object({ type: z.literal('shutdown') }),
])
export type ToEngine = z.infer<typeof toEngine>

/** How things stand, for the title, the power-save blocker, the question at quitting and the next engine. */
export const engineStatus = z.object({
  project: z.object({ id: z.string(), name: z.string(), place: z.string(), readOnly: z.boolean() }).nullable(),
  training: z.array(runId),
  /** Jobs under way that are not training. */
  jobs: z.int().nonnegative(),
})
export type EngineStatus = z.infer<typeof engineStatus>

/** From the engine to the main process. */
export const fromEngine = z.discriminatedUnion('type', [
  /** The studio is up, and what was to be restored is. `failure`: what could not be restored. */
  z.object({ type: z.literal('ready'), failure: failureSchema.nullable() }),
  /** The studio can't start; the engine exits. */
  z.object({ type: z.literal('refused'), failure: failureSchema }),
  z.object({ type: z.literal('relay'), client: z.int(), message: z.unknown() }),
  z.object({ type: z.literal('granted'), request: z.int(), grants: z.array(grantId) }),
  z.object({ type: z.literal('placed'), request: z.int(), path: z.string() }),
  z.object({ type: z.literal('failed'), request: z.int(), failure: failureSchema }),
  z.object({ type: z.literal('status'), status: engineStatus }),
  /** A run ended by itself, or other work failed: its user is told if the window is out of sight. */
  z.object({
    type: z.literal('finished'),
    name: z.string(),
    ended: z.enum(['finished', 'failed']),
    detail: z.string(),
  }),
  z.object({ type: z.literal('log'), line: z.string() }),
])
export type FromEngine = z.infer<typeof fromEngine>
