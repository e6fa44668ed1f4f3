/**
 * Every request that can cross a process border, with the schemas both sides hold it to. Handlers live in `studio/`;
 * doors (`engine`, `desktop`, `server`, `cli`) only carry them.
 */
import { z } from 'zod'
import { augmentation } from './augmentation'
import { backendName, backendReport, deviceStatus } from './backend'
import { bytes, float32, pictureStack } from './binary'
import {
  attributeValues,
  collectionInfo,
  framing,
  importNote,
  importProblem,
  itemId,
  itemPage,
  itemQuery,
  itemRef,
  resolvedFraming,
  sampleInfo,
} from './collection'
import { exportJob, exportResult, exportTarget } from './export'
import { jobId, jobProgress } from './jobs'
import { axis, axisBasis, decoded, latentPoint } from './latent'
import { latentMap, mapMethod } from './map'
import { createProject, grantId, openProject, projectInfo, recentProject } from './project'
import { recipe, recipeNames, suggestedRecipe, trainingLength } from './recipe'
import { evaluation, metricPoint, runId, runInfo, runPictures } from './run'
import { provenance, variant, variantChange, variantId } from './variant'

export interface Procedure<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input
  readonly output: Output
}

function procedure<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Procedure<Input, Output> {
  return { input, output }
}

const nothing = z.undefined()

/** Where pictures are taken from: a granted folder, files granted one by one, or a sample that comes with Varia. */
export const importSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grants'), grants: z.array(grantId).min(1).max(10000) }),
  z.object({
    kind: z.literal('sample'),
    name: z.enum(['icons', 'sprites', 'vessels']),
    /** How many to draw; all of them, or the sample's default, when absent. */
    count: z.int().positive().max(1_000_000).optional(),
    seed: z.int().nonnegative().default(1),
  }),
])
export type ImportSource = z.infer<typeof importSource>

export const procedures = {
  // the application
  'app.hello': procedure(
    nothing,
    z.object({
      version: z.string(),
      door: z.enum(['desktop', 'server', 'cli']),
      /** A door that can't open the system's dialogs asks for names instead, and hands exports back as downloads. */
      hasDialogs: z.boolean(),
    }),
  ),
  'app.device': procedure(nothing, deviceStatus),
  'app.doctor': procedure(z.object({ measure: z.boolean() }), z.array(backendReport)),
  /** null returns to the automatic choice. Refused with `busy` while a run trains. */
  'app.useBackend': procedure(z.object({ backend: backendName.nullable() }), deviceStatus),

  // jobs
  'jobs.list': procedure(nothing, z.array(jobProgress)),
  'jobs.pause': procedure(z.object({ job: jobId }), nothing),
  'jobs.resume': procedure(z.object({ job: jobId }), nothing),
  'jobs.cancel': procedure(z.object({ job: jobId }), nothing),
  /** How a job ended has been told: it is no longer listed, so that no window opened later tells it again. */
  'jobs.forget': procedure(z.object({ job: jobId }), nothing),

  // projects
  'project.recent': procedure(nothing, z.array(recentProject)),
  'project.forget': procedure(z.object({ id: z.string() }), z.array(recentProject)),
  'project.create': procedure(createProject, projectInfo),
  'project.open': procedure(openProject, projectInfo),
  'project.info': procedure(nothing, projectInfo.nullable()),
  'project.close': procedure(nothing, nothing),

  // collection
  'samples.list': procedure(nothing, z.array(sampleInfo)),
  'samples.mosaic': procedure(z.object({ name: sampleInfo.shape.name, count: z.int().min(1).max(64) }), pictureStack),
  /** How random items of the source would look; nothing is imported. The same seed picks the same items. */
  'collection.preview': procedure(
    z.object({ source: importSource, framing, count: z.int().min(1).max(48).default(12), seed: z.int().nonnegative() }),
    z.object({
      /** Pictures found in the source. */
      found: z.int().nonnegative(),
      framing: resolvedFraming,
      names: z.array(z.string()),
      pictures: pictureStack,
      problems: z.array(importProblem),
      notes: z.array(importNote),
    }),
  ),
  /**
   * Starts the import into the open project; adds to what is there, which fixes the framing. With `learn` the engine
   * goes on to train once the pictures are in, with that recipe as it suits them, whether or not a window is open.
   */
  'collection.import': procedure(
    z.object({
      source: importSource,
      framing,
      attributes: grantId.optional(),
      learn: z.object({ recipe: z.enum(recipeNames), seed: z.int().nonnegative().default(1) }).optional(),
    }),
    z.object({ job: jobId }),
  ),
  'collection.info': procedure(nothing, collectionInfo.nullable()),
  'collection.items': procedure(itemQuery.prefault({}), itemPage),
  'collection.item': procedure(z.object({ id: itemId }), itemRef),
  'collection.rate': procedure(z.object({ ids: z.array(itemId), rating: z.int().min(0).max(5) }), nothing),
  /** Keeps what an interrupted import brought in, or takes it back. */
  'collection.settleImport': procedure(z.object({ keep: z.boolean() }), nothing),
  'collection.problems': procedure(nothing, z.array(importProblem)),
  'collection.notes': procedure(nothing, z.array(importNote)),
  /** Framed pictures of items, in the order asked for. */
  'collection.pictures': procedure(z.object({ ids: z.array(itemId).min(1).max(4096) }), pictureStack),
  /** Pictures of all items in map order from `offset`, shrunk to `size`, for the manifold's atlas. */
  'collection.atlas': procedure(
    z.object({
      size: z.union([z.literal(16), z.literal(32), z.literal(64)]),
      offset: z.int().nonnegative(),
      count: z.int().min(1).max(8192),
    }),
    pictureStack,
  ),
  'collection.attribute': procedure(z.object({ name: z.string() }), attributeValues),
  'collection.addAttributes': procedure(
    z.object({ file: grantId }),
    z.object({ matched: z.int(), unmatched: z.array(z.string()), collection: collectionInfo }),
  ),
  /** The same items, each augmented a few times: [items * times] pictures. */
  'augmentation.preview': procedure(
    z.object({
      augmentation,
      items: z.int().min(1).max(12),
      times: z.int().min(1).max(8),
      seed: z.int().nonnegative(),
    }),
    pictureStack,
  ),

  // runs
  'recipe.suggest': procedure(z.object({ name: z.enum(recipeNames) }), suggestedRecipe),
  'run.start': procedure(
    z.object({ recipe, name: z.string().max(120).optional(), seed: z.int().nonnegative().default(1) }),
    z.object({ run: runId, job: jobId }),
  ),
  /** Goes on from the latest checkpoint: after a pause, an interruption, or longer than planned. `length` is in all, not in addition. */
  'run.continue': procedure(
    z.object({ run: runId, length: trainingLength.optional() }),
    z.object({ run: runId, job: jobId }),
  ),
  'run.list': procedure(nothing, z.array(runInfo)),
  'run.select': procedure(z.object({ run: runId }), projectInfo),
  'run.rename': procedure(z.object({ run: runId, name: z.string().trim().min(1).max(120) }), runInfo),
  'run.metrics': procedure(z.object({ run: runId, sinceStep: z.int().nonnegative().default(0) }), z.array(metricPoint)),
  'run.pictures': procedure(z.object({ run: runId }), runPictures.nullable()),
  'run.evaluate': procedure(z.object({ run: runId }), evaluation),

  // manifold
  /** The latest map of that run and method; null when there is none yet. */
  'map.get': procedure(z.object({ run: runId, method: mapMethod }), latentMap.nullable()),
  'map.compute': procedure(z.object({ run: runId, method: mapMethod }), z.object({ job: jobId })),

  // latents
  'latent.axes': procedure(z.object({ run: runId, basis: axisBasis }), z.array(axis)),
  'latent.ofItem': procedure(z.object({ run: runId, item: itemId }), latentPoint),
  'latent.ofPicture': procedure(
    z.object({ run: runId, name: z.string(), data: bytes }),
    z.object({ point: latentPoint, picture: pictureStack, restored: z.boolean() }),
  ),
  'latent.random': procedure(
    z.object({
      run: runId,
      count: z.int().min(1).max(4096),
      seed: z.int().nonnegative(),
      temperature: z.number().positive().max(4).default(1),
    }),
    z.array(latentPoint),
  ),
  /** Decodes [count, latent] numbers; answers a hand, so it goes before training. */
  'latent.decode': procedure(
    z.object({ run: runId, count: z.int().min(1).max(1024), latents: float32, typicality: z.boolean().default(false) }),
    decoded,
  ),
  'latent.morph': procedure(
    z.object({ run: runId, from: itemId, to: itemId, steps: z.int().min(2).max(64) }),
    z.object({ latents: float32, pictures: pictureStack }),
  ),

  // board
  'board.list': procedure(z.object({ deleted: z.boolean().default(false) }), z.array(variant)),
  'board.pin': procedure(
    z.object({ point: latentPoint, name: z.string().max(200).optional(), parent: variantId.nullable().default(null) }),
    variant,
  ),
  'board.change': procedure(variantChange, variant),
  'board.delete': procedure(z.object({ ids: z.array(variantId).min(1) }), nothing),
  'board.restore': procedure(z.object({ ids: z.array(variantId).min(1) }), nothing),

  // export
  'export.run': procedure(z.object({ what: exportJob, target: exportTarget }), exportResult),
  'export.provenance': procedure(z.object({ name: z.string(), data: bytes }), provenance),
} as const

export type Procedures = typeof procedures
export type ProcedureName = keyof Procedures
/** What a caller passes (defaults may be left out). */
export type InputOf<Name extends ProcedureName> = z.input<Procedures[Name]['input']>
/** What a handler gets (defaults filled in). */
export type ParsedInputOf<Name extends ProcedureName> = z.output<Procedures[Name]['input']>
export type OutputOf<Name extends ProcedureName> = z.output<Procedures[Name]['output']>

/** A second argument of every handler: cancelled when the caller goes away. */
export interface CallContext {
  readonly signal: AbortSignal
}

/** What `studio` offers and every door serves. */
export type Handlers = {
  readonly [Name in ProcedureName]: (input: ParsedInputOf<Name>, context: CallContext) => Promise<OutputOf<Name>>
}

/** What the renderer and the terminal call. */
export type Client = {
  readonly call: <Name extends ProcedureName>(
    name: Name,
    ...input: undefined extends InputOf<Name> ? [input?: InputOf<Name>] : [input: InputOf<Name>]
  ) => Promise<OutputOf<Name>>
}
