/** Exports: files to hand on. */
import { z } from 'zod'
import { bytes } from './binary'
import { itemId } from './collection'
import { axisBasis, latentPoint } from './latent'
import { grantId } from './project'
import { runId } from './run'
import { variantId } from './variant'

export const pictureFormat = z.enum(['png', 'webp', 'jpeg'])
export type PictureFormat = z.infer<typeof pictureFormat>

/** What to export. Exporters live in `studio/export/`, one file each, under these kinds. */
export const exportJob = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('variants'),
    variants: z.array(variantId).min(1),
    format: pictureFormat,
    /** Enlargement by Lanczos. */
    scale: z.int().min(1).max(8).default(1),
    quality: z.int().min(1).max(100).default(92),
  }),
  z.object({
    kind: z.literal('point'),
    point: latentPoint,
    name: z.string().max(200),
    format: pictureFormat,
    scale: z.int().min(1).max(8).default(1),
    quality: z.int().min(1).max(100).default(92),
  }),
  z.object({
    kind: z.literal('sheet'),
    variants: z.array(variantId).min(1),
    columns: z.int().min(1).max(64).default(8),
    scale: z.int().min(1).max(8).default(1),
    captions: z.boolean().default(true),
  }),
  z.object({
    kind: z.literal('morph'),
    runId,
    from: itemId,
    to: itemId,
    steps: z.int().min(2).max(240).default(24),
    scale: z.int().min(1).max(8).default(4),
    framesPerSecond: z.int().min(1).max(50).default(20),
    /** Plays forth and back. */
    loop: z.boolean().default(true),
    /** One animation (unless told otherwise), or a PNG for each step. */
    format: z.enum(['gif', 'png']).optional(),
  }),
  z.object({ kind: z.literal('latents'), runId, format: z.enum(['csv', 'npy']) }),
  z.object({ kind: z.literal('model'), runId }),
  /** Draws from the prior: a picture each, or one sheet of all. */
  z.object({
    kind: z.literal('generated'),
    runId,
    count: z.int().min(1).max(4096),
    seed: z.int().nonnegative().default(1),
    temperature: z.number().positive().max(4).default(1),
    layout: z.enum(['files', 'sheet']).default('files'),
    columns: z.int().min(1).max(64).default(8),
    scale: z.int().min(1).max(8).default(1),
  }),
  /** Axes by steps: one row an axis, most used first, the others at the collection's mean or at an item's latent. */
  z.object({
    kind: z.literal('traversal'),
    runId,
    basis: axisBasis.default('raw'),
    item: itemId.optional(),
    axes: z.int().min(1).max(64).default(10),
    steps: z.int().min(3).max(33).default(11),
    scale: z.int().min(1).max(8).default(1),
  }),
  /** Held-out items, each above its reconstruction. */
  z.object({
    kind: z.literal('reconstructions'),
    runId,
    count: z.int().min(1).max(512).default(32),
    columns: z.int().min(1).max(64).default(8),
    scale: z.int().min(1).max(8).default(1),
  }),
  /** A table of latents (CSV or NPY) decoded, a picture a row. */
  z.object({
    kind: z.literal('decoded'),
    runId,
    latents: grantId,
    scale: z.int().min(1).max(8).default(1),
  }),
])
export type ExportJob = z.infer<typeof exportJob>

/** Where it goes: into a folder or file that was granted, or back as bytes (one file, or a ZIP of many). */
export const exportTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grant'), grant: grantId }),
  z.object({ kind: z.literal('download') }),
])
export type ExportTarget = z.infer<typeof exportTarget>

export const exportResult = z.object({
  /** Names of the files written, below the target. */
  files: z.array(z.string()),
  download: z.object({ name: z.string(), mime: z.string(), data: bytes }).nullable(),
})
export type ExportResult = z.infer<typeof exportResult>
