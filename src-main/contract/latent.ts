/** Latents and the axes that move them. */
import { z } from 'zod'
import { float32, pictureStack } from './binary'
import { itemId } from './collection'
import { runId } from './run'

/** raw: one latent dimension an axis; principal: the principal directions of the collection's latents. */
export const axisBasis = z.enum(['raw', 'principal'])
export type AxisBasis = z.infer<typeof axisBasis>

export const histogramBins = 40

export const axis = z.object({
  /** z07 or p02: stable within a run and basis. */
  id: z.string(),
  basis: axisBasis,
  index: z.int().nonnegative(),
  label: z.string(),
  /** [latent], unit length: moving the slider by t adds t * direction to the latent. */
  direction: float32,
  /** Of the collection's latents along the direction. */
  mean: z.number(),
  std: z.number().nonnegative(),
  /** Range of the slider: what covers 99.8 % of the collection, and at least mean +- 3 std. */
  min: z.number(),
  max: z.number(),
  /** How much it is used: KL in nats for raw axes, share of variance for principal ones. Axes come in descending order. */
  activity: z.number().nonnegative(),
  /** False for a collapsed axis, which changes nothing. */
  active: z.boolean(),
  /** [histogramBins] counts of the collection between min and max. */
  histogram: float32,
})
export type Axis = z.infer<typeof axis>

/** Where a latent comes from, kept with every variant and export. */
export const latentSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('item'), item: itemId }),
  z.object({ kind: z.literal('random'), seed: z.int().nonnegative(), temperature: z.number().positive() }),
  z.object({ kind: z.literal('dropped'), name: z.string() }),
  z.object({ kind: z.literal('edited'), from: z.string() }),
  z.object({ kind: z.literal('morph'), from: itemId, to: itemId, at: z.number() }),
  z.object({ kind: z.literal('file'), name: z.string(), row: z.int().nonnegative() }),
])
export type LatentSource = z.infer<typeof latentSource>

export const latentPoint = z.object({ runId, checkpoint: z.string(), latent: float32, source: latentSource })
export type LatentPoint = z.infer<typeof latentPoint>

/**
 * How typical a latent is of the collection: the share of items that lie farther from the collection's centre
 * (Mahalanobis) than it does, and its nearest items.
 */
export const typicality = z.object({
  /** 0 (unlike anything here) to 1 (at the heart of it). */
  score: z.number().min(0).max(1),
  distance: z.number().nonnegative(),
  nearest: z.array(z.object({ item: itemId, distance: z.number().nonnegative() })),
})
export type Typicality = z.infer<typeof typicality>

export const decoded = z.object({ pictures: pictureStack, typicality: z.array(typicality) })
