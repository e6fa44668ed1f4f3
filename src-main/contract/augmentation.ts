/** Small changes made anew each time a picture is trained on, so that a small collection teaches more. */
import { z } from 'zod'

export const augmentation = z.object({
  flipHorizontal: z.boolean().default(false),
  flipVertical: z.boolean().default(false),
  /** Largest shift, in pixels of the framed picture, each way. */
  shift: z.number().min(0).max(32).default(0),
  /** Largest rotation, degrees each way. */
  rotate: z.number().min(0).max(180).default(0),
  /** Largest change of scale, as a share: 0.1 draws from 0.9 to 1.1. */
  scale: z.number().min(0).max(0.5).default(0),
  /** Largest change of brightness, contrast and saturation, as a share. Alpha is left alone. */
  color: z.number().min(0).max(0.5).default(0),
  /** Share of the pictures that are changed; the others are shown as they are. */
  share: z.number().min(0).max(1).default(1),
})
export type Augmentation = z.infer<typeof augmentation>
