/** What lies behind a picture with transparency, so that it can be seen in either theme. */
import type { PictureStack } from '../../src-main/contract/binary'

export type Ground = 'none' | 'theme' | 'light' | 'dark'

/**
 * none for opaque pictures; light under dark drawings, dark under light ones, the theme's own checker under the rest. Looks
 * at `count` pictures from `first` on, weighing each pixel by its alpha.
 */
export function groundFor(stack: PictureStack, first = 0, count = 1): Ground {
  if (stack.channels !== 4) return 'none'
  const size = stack.width * stack.height * 4
  const end = Math.min(stack.data.length, (first + count) * size)
  let weight = 0
  let light = 0
  let seen = 0
  // Every third pixel tells enough.
  for (let at = first * size; at + 3 < end; at += 12) {
    const { [at]: r = 0, [at + 1]: g = 0, [at + 2]: b = 0, [at + 3]: alpha = 0 } = stack.data
    seen += 1
    weight += alpha
    light += alpha * (0.2126 * r + 0.7152 * g + 0.0722 * b)
  }
  if (weight === 0) return 'theme'
  if (weight === seen * 255) return 'none'
  const mean = light / weight / 255
  return mean < 0.25 ? 'light' : mean > 0.85 ? 'dark' : 'theme'
}
