/** What keeps a model from learning its designs by heart, the gentlest first. */
import type { Augmentation } from '../contract/augmentation'

export interface Guards {
  readonly augmentation: Augmentation
  /** Share of units dropped in training. */
  readonly dropout: number
}

export interface Remedy {
  readonly remedy: string
  /** Dotted path in a recipe to value; null where no change of it helps. */
  readonly change: Record<string, unknown> | null
}

/** Above this dropout a model learns hardly anything any more. */
const mostDropout = 0.5

/**
 * The next thing to try in a new run: pictures moved at all, then more of them, then more dropout. Once all that is
 * done only more designs help.
 */
export function againstOverfitting({ augmentation, dropout }: Guards): Remedy {
  const { share, shift } = augmentation
  if (!varies(augmentation))
    return {
      remedy: 'Stop here, or move pictures by a pixel as they are shown.',
      change: { 'augmentation.shift': 1, 'augmentation.share': 1 },
    }
  if (share < 1) {
    const more = Math.min(1, share === 0 ? 0.25 : share * 2)
    const which = more === 1 ? 'all pictures' : `${Math.round(more * 100)} % of the pictures`
    return {
      remedy: `Stop here, or vary ${which} as they are shown; now it is ${Math.round(share * 100)} %.`,
      change: { 'augmentation.share': more },
    }
  }
  if (shift < 1)
    return {
      remedy: 'Stop here, or move pictures by a pixel too as they are shown.',
      change: { 'augmentation.shift': 1 },
    }
  if (dropout < mostDropout)
    return {
      remedy: 'Stop here, or let more be dropped in training.',
      change: { 'network.dropout': Math.max(0.3, Math.min(mostDropout, dropout + 0.2)) },
    }
  return { remedy: 'Stop here; more designs are what would help most.', change: null }
}

/** Whether pictures are changed at all as they are shown, be it ever so few of them. */
function varies(augmentation: Augmentation): boolean {
  const { flipHorizontal, flipVertical, shift, rotate, scale, color } = augmentation
  return flipHorizontal || flipVertical || shift > 0 || rotate > 0 || scale > 0 || color > 0
}
