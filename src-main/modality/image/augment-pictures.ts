import { type Bytes } from '../source'
import { type Augmentation } from '../../contract/augmentation'
import { type ResolvedFraming } from '../../contract/collection'

export interface PictureSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** What comes in where a picture was moved away: its own edge, stretched, or one value a channel. */
export type Fill = 'edge' | readonly number[]

/** The fill that continues a framed picture: its background, or its edge where it fills the square. */
export function fillOf(framing: ResolvedFraming): Fill {
  throw new Error(`not written yet: ${framing.size}`)
}

/** Whether this augmentation changes anything at all. */
export function changesPictures(augmentation: Augmentation): boolean {
  const { flipHorizontal, flipVertical, shift, rotate, scale, color } = augmentation
  return flipHorizontal || flipVertical || shift > 0 || rotate > 0 || scale > 0 || color > 0
}

/**
 * Augments pictures into `out` (same layout, must not overlap; made when absent): flips, shift by whole pixels, rotation
 * and scale about the centre (bilinear), brightness, contrast and saturation. Alpha is moved but not coloured.
 * `random` yields uniform numbers in [0, 1): always the same number of draws a picture, whatever is switched on.
 * @param pictures [count, height, width, channels]
 */
export function augmentPictures(
  pictures: Uint8Array,
  size: PictureSize,
  augmentation: Augmentation,
  fill: Fill,
  random: () => number,
  out: Bytes = new Uint8Array(pictures.length),
): Bytes {
  throw new Error(`not written yet: ${size.width} ${augmentation.shift} ${fill.length} ${random()} ${out.length}`)
}
