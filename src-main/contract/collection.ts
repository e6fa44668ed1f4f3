/** A collection: the designs a project learns from, framed to one size, with attributes. */
import { z } from 'zod'
import { channelCount, float32, int32 } from './binary'

/** Sizes a collection can be framed to, pixels a side. */
export const pictureSizes = [32, 64, 128, 256] as const
export const pictureSize = z.union([z.literal(32), z.literal(64), z.literal(128), z.literal(256)])

/** How a picture of any size and shape becomes a square of `size` pixels. */
export const framing = z.object({
  size: pictureSize.default(64),
  /** contain: all of it, padded; cover: fills the square, cropped at the centre; trim: cut to its content, then contained. */
  fit: z.enum(['contain', 'cover', 'trim']).default('contain'),
  /** Free border round the content, as a share of the square's side; for `trim`. */
  margin: z.number().min(0).max(0.4).default(0.06),
  /** What lies under transparency and in the padding; `transparent` keeps alpha where channels allow it. */
  background: z
    .union([z.literal('auto'), z.literal('transparent'), z.string().regex(/^#[0-9a-f]{6}$/i)])
    .default('auto'),
  /** auto: rgba if any picture of the sample has transparency that colour can't replace, rgb if any has colour, else gray. */
  channels: z.enum(['auto', 'gray', 'rgb', 'rgba']).default('auto'),
  /** Pictures are inverted where that makes content bright on dark (asked for line art and icons). */
  invert: z.boolean().default(false),
})
export type Framing = z.infer<typeof framing>

/** A framing in which `auto` has been decided. */
export const resolvedFraming = framing.extend({
  background: z.union([z.literal('transparent'), z.string().regex(/^#[0-9a-f]{6}$/i)]),
  channels: z.enum(['gray', 'rgb', 'rgba']),
})
export type ResolvedFraming = z.infer<typeof resolvedFraming>

export const attributeKind = z.enum(['number', 'category', 'tags'])
export const attributeColumn = z.object({
  name: z.string(),
  kind: attributeKind,
  /** For number: the range of the values that are there. */
  range: z.tuple([z.number(), z.number()]).nullable(),
  /** For category and tags: the labels, most frequent first, with their counts. */
  labels: z.array(z.object({ label: z.string(), count: z.int() })),
  missing: z.int().nonnegative(),
})
export type AttributeColumn = z.infer<typeof attributeColumn>

/** An attribute's value for every item, in item order: NaN or -1 where it is missing; for tags the item's first tag. */
export const attributeValues = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), name: z.string(), values: float32 }),
  z.object({ kind: z.literal('category'), name: z.string(), labels: z.array(z.string()), values: int32 }),
])
export type AttributeValues = z.infer<typeof attributeValues>

export const itemId = z.int().positive()
export const itemRef = z.object({
  id: itemId,
  /** Path below the imported folder, with `/`. */
  name: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Kept for evaluation, never trained on: the tenth whose content hash falls in the held-out range. */
  heldOut: z.boolean(),
  /** The first item with the same content, where this is a copy. */
  duplicateOf: itemId.nullable(),
  rating: z.int().min(0).max(5),
  attributes: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())])),
})
export type ItemRef = z.infer<typeof itemRef>

export const itemQuery = z.object({
  /** Words that a name, tag or category must contain. */
  search: z.string().max(200).default(''),
  only: z.enum(['all', 'duplicates', 'heldOut', 'rated']).default('all'),
  sort: z.enum(['name', 'added', 'rating']).default('added'),
  offset: z.int().nonnegative().default(0),
  limit: z.int().positive().max(5000).default(500),
})
export const itemPage = z.object({ total: z.int().nonnegative(), items: z.array(itemRef) })
export type ItemPage = z.infer<typeof itemPage>

/** A file that was not imported, and why. */
export const importProblem = z.object({
  name: z.string(),
  code: z.enum(['image-damaged', 'image-unsupported', 'image-too-large', 'image-unreadable']),
  message: z.string(),
})
export type ImportProblem = z.infer<typeof importProblem>

/** Something worth knowing about an import that was no obstacle: a wrong suffix, an animation's first frame. */
export const importNote = z.object({ name: z.string(), message: z.string() })
export type ImportNote = z.infer<typeof importNote>

export const collectionInfo = z.object({
  /** Where it came from, for people. */
  origin: z.string(),
  framing: resolvedFraming,
  channels: channelCount,
  count: z.int().nonnegative(),
  heldOut: z.int().nonnegative(),
  /** Items that are copies of an earlier one. */
  duplicates: z.int().nonnegative(),
  /** Items that are a copy or have one: what the filter for duplicates lists. */
  alike: z.int().nonnegative(),
  problems: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  attributes: z.array(attributeColumn),
  /** Of the content of all items: two collections with the same hash train the same. */
  dataHash: z.string(),
})
export type CollectionInfo = z.infer<typeof collectionInfo>

export const sampleInfo = z.object({
  name: z.enum(['icons', 'sprites', 'vessels']),
  title: z.string(),
  description: z.string(),
  count: z.int().positive(),
})
export type SampleInfo = z.infer<typeof sampleInfo>
