/** Typed arrays and pictures: they cross a border as binary, never as JSON. */
import { z } from 'zod'

export const float32: z.ZodType<Float32Array, Float32Array> = z.instanceof(Float32Array)
export const int32: z.ZodType<Int32Array, Int32Array> = z.instanceof(Int32Array)
export const bytes: z.ZodType<Uint8Array, Uint8Array> = z.instanceof(Uint8Array)

/** Channel layouts: 1 grey, 3 RGB, 4 RGBA with straight (not premultiplied) alpha; sRGB, 0..255. */
export const channelCount = z.union([z.literal(1), z.literal(3), z.literal(4)])
export type ChannelCount = z.infer<typeof channelCount>

/** A stack of pictures of one size: `data` is [count, height, width, channels], row-major. */
export const pictureStack = z
  .object({
    count: z.int().nonnegative(),
    width: z.int().positive(),
    height: z.int().positive(),
    channels: channelCount,
    data: bytes,
  })
  .refine((s) => s.data.length === s.count * s.width * s.height * s.channels, 'data does not fit its shape')
export type PictureStack = z.infer<typeof pictureStack>
