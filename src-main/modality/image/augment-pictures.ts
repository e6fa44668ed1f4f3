/** Small changes made anew each time a picture is trained on. Pictures stay bytes: this runs on every training batch. */
import { type Augmentation } from '../../contract/augmentation'
import { type ResolvedFraming } from '../../contract/collection'
import { type Bytes } from '../source'
import { jitterColor } from './jitter-color'
import { type Fill, type Motion, type PictureSize } from './motion'
import { moveByPixels } from './move-picture'
import { warp } from './warp-picture'

export { type Fill, type PictureSize } from './motion'

/** The fill that continues a framed picture: its background, or its edge where it fills the square. */
export function fillOf(framing: ResolvedFraming): Fill {
  if (framing.fit === 'cover') return 'edge'
  if (framing.background === 'transparent') return framing.channels === 'rgba' ? 'clear' : 'edge'
  const value = Number.parseInt(framing.background.slice(1), 16)
  const rgb = [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((v) => (framing.invert ? 255 - v : v))
  const [r = 0, g = 0, b = 0] = rgb
  switch (framing.channels) {
    case 'gray':
      return [Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b)]
    case 'rgb':
      return rgb
    case 'rgba':
      return [...rgb, 255]
  }
}

/** Whether this augmentation changes anything at all. */
export function changesPictures(augmentation: Augmentation): boolean {
  const { flipHorizontal, flipVertical, shift, rotate, scale, color } = augmentation
  return flipHorizontal || flipVertical || shift >= 1 || rotate > 0 || scale > 0 || color > 0
}

/** Numbers that {@link augmentPictures} draws for each picture. */
export const drawsPerPicture = 9

/**
 * Augments pictures into `out` (same layout, must not overlap; made when absent): flips, shift by whole pixels, rotation
 * and scale about the centre (bilinear), brightness, contrast and saturation. Alpha is moved but not coloured.
 * `random` yields uniform numbers in [0, 1): always {@link drawsPerPicture} a picture, whatever is switched on.
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
  const length = size.height * size.width * size.channels
  const colored = augmentation.color > 0
  for (let at = 0; at < pictures.length; at += length) {
    const from = pictures.subarray(at, at + length)
    const to = out.subarray(at, at + length)
    const motion = drawMotion(augmentation, random)
    if (motion.angle === 0 && motion.scale === 1) moveByPixels(from, to, size, motion, fill)
    else warp(from, to, size, motion, fill)
    const [brightness, contrast, saturation] = [random(), random(), random()].map(
      (draw) => 1 + augmentation.color * (2 * draw - 1),
    ) as [number, number, number]
    if (colored) jitterColor(to, size.channels, brightness, contrast, saturation)
  }
  return out
}

function drawMotion(augmentation: Augmentation, random: () => number): Motion {
  const reach = Math.floor(augmentation.shift)
  const flipX = random() < 0.5 && augmentation.flipHorizontal
  const flipY = random() < 0.5 && augmentation.flipVertical
  const shift = (draw: number): number => Math.floor(draw * (2 * reach + 1)) - reach
  const dx = shift(random())
  const dy = shift(random())
  const angle = (augmentation.rotate * (2 * random() - 1) * Math.PI) / 180
  const scale = 1 + augmentation.scale * (2 * random() - 1)
  return { flipX, flipY, dx, dy, angle, scale }
}
