/** A variant: a decoded latent that somebody kept, with all that is needed to make it again. */
import { z } from 'zod'
import { float32, pictureStack } from './binary'
import { latentSource } from './latent'
import { runId } from './run'

export const variantId = z.int().positive()
export type VariantId = z.infer<typeof variantId>

export const variant = z.object({
  id: variantId,
  name: z.string(),
  starred: z.boolean(),
  rating: z.int().min(0).max(5),
  runId,
  checkpoint: z.string(),
  latent: float32,
  source: latentSource,
  /** The variant it was bent from, where it was. */
  parent: variantId.nullable(),
  createdAt: z.number(),
  /** When it was deleted; kept until the project is closed so that it can be brought back. */
  deletedAt: z.number().nullable(),
  picture: pictureStack,
})
export type Variant = z.infer<typeof variant>

export const variantChange = z.object({
  id: variantId,
  name: z.string().max(200).optional(),
  starred: z.boolean().optional(),
  rating: z.int().min(0).max(5).optional(),
})

/** What an exported picture carries, so that dropping it back restores its sliders. */
export const provenance = z.object({
  varia: z.literal(1),
  project: z.string(),
  run: z.string(),
  runId,
  recipe: z.string(),
  checkpoint: z.string(),
  latent: z.array(z.number()),
  source: latentSource,
  name: z.string(),
  madeAt: z.string(),
})
export type Provenance = z.infer<typeof provenance>
