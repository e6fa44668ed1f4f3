/** A map: a 3-D layout of the latents of every item. */
import { z } from 'zod'
import { float32, int32 } from './binary'
import { runId } from './run'

export const mapMethod = z.enum(['pca', 'umap'])
export type MapMethod = z.infer<typeof mapMethod>

export const latentMap = z.object({
  runId,
  /** The checkpoint its latents were encoded with; a live one while training. */
  checkpoint: z.string(),
  method: mapMethod,
  /** Item ids in the order of `positions`. */
  items: int32,
  /** [items, 3], scaled so that the layout's radius (95 % of its points) is 1. */
  positions: float32,
  /** For a linear layout, latent = mean + scale * positions @ basis + residual; null otherwise. */
  frame: z
    .object({
      /** [latent] */
      mean: float32,
      /** [3, latent], orthonormal rows */
      basis: float32,
      scale: z.number().positive(),
      /** Share of the latents' variance along each of the three directions. */
      explained: z.array(z.number()),
    })
    .nullable(),
})
export type LatentMap = z.infer<typeof latentMap>
