/** The model of a recipe as a row of boxes: what goes in, what becomes of it, what comes out. */
import type { Recipe } from '../../src-main/contract/recipe'

export interface Stage {
  readonly title: string
  readonly detail: string
  /** Share of the diagram's height: how large the picture still is. */
  readonly size: number
  readonly kind: 'picture' | 'layer' | 'latent'
}

/** From picture to latent; the decoder is the same backwards. */
export function encoderStages(recipe: Recipe, side: number, channels: number): Stage[] {
  const { network, latent } = recipe
  const picture: Stage = { title: 'Picture', detail: `${side} × ${side} × ${channels}`, size: 1, kind: 'picture' }
  const layers: Stage[] = []
  if (network.kind === 'dense') {
    for (const units of network.hidden) layers.push({ title: 'Dense', detail: String(units), size: 0.5, kind: 'layer' })
  } else {
    network.widths.forEach((width, index) => {
      const left = side / 2 ** (index + 1)
      layers.push({
        title: network.kind === 'residual' ? 'Residual' : 'Convolution',
        detail: `${left} × ${left} × ${width}`,
        size: Math.max(0.3, left / side),
        kind: 'layer',
      })
    })
    if (network.dense > 0) layers.push({ title: 'Dense', detail: String(network.dense), size: 0.3, kind: 'layer' })
  }
  return [picture, ...layers, { title: 'Latent', detail: String(latent), size: 0.22, kind: 'latent' }]
}
