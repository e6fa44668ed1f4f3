/** What a resolved framing comes to, in words. */
import type { ResolvedFraming } from '../../src-main/contract/collection'

const channelWords = { gray: 'greyscale', rgb: 'colour', rgba: 'colour with transparency' } as const
const fitWords = { contain: 'whole pictures', cover: 'filled squares', trim: 'cut to the content' } as const

const groundWords: Readonly<Record<string, string>> = {
  transparent: 'transparent ground',
  '#ffffff': 'on white',
  '#000000': 'on black',
}

/** "64 × 64 pixels, greyscale, whole pictures, on white" */
export function framingWords(framing: ResolvedFraming): string {
  const ground = groundWords[framing.background] ?? `on ${framing.background}`
  const parts = [
    `${framing.size} × ${framing.size} pixels`,
    channelWords[framing.channels],
    fitWords[framing.fit],
    ground,
  ]
  if (framing.invert) parts.push('inverted')
  return parts.join(', ')
}
