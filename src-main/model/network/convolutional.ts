/**
 * Convolutions that halve the picture and widen it, a dense layer, and the same way back by transposed convolutions. No
 * normalisation: kernels begin at the scale that keeps the variance (He et al. 2015), which this depth trains well with.
 */
import type { NetworkRecipe } from '../../contract/recipe'
import { activation } from './activation'
import { centred, convolution, dense, dropout, reshaped, sequence, transposedConvolution } from './layer'
import type { NetworkMaker } from './network'

type Recipe = Extract<NetworkRecipe, { kind: 'convolutional' }>

const halving = { side: 4, stride: 2 } as const

export const convolutional: NetworkMaker<Recipe> = (recipe, shape, latent) => {
  const { widths } = recipe
  const { gain, layer: activate } = activation(recipe.activation)
  const deepest = widths[widths.length - 1] ?? shape.channels
  const small = [shape.height >> widths.length, shape.width >> widths.length, deepest] as const
  const flat = small[0] * small[1] * small[2]

  const down = widths.flatMap((to, i) => [
    convolution(`encoder.down${i}`, { from: widths[i - 1] ?? shape.channels, to, ...halving }, gain),
    activate,
  ])
  const up = widths.flatMap((from, i) => {
    const to = widths[i - 1] ?? shape.channels
    const last = i === 0
    const step = transposedConvolution(`decoder.up${i}`, { from, to, ...halving }, last ? 1 : gain)
    return [last ? step : sequence(step, activate)]
  })
  const narrow = recipe.dense > 0 ? [dense('encoder.dense', flat, recipe.dense, gain), activate] : []
  const widen = recipe.dense > 0 ? [dense('decoder.dense', latent, recipe.dense, gain), activate] : []
  const features = recipe.dense > 0 ? recipe.dense : flat

  return {
    features,
    encoder: sequence(centred, ...down, reshaped([flat]), ...narrow, dropout(recipe.dropout)),
    decoder: sequence(
      ...widen,
      dense('decoder.spread', recipe.dense > 0 ? recipe.dense : latent, flat, gain),
      activate,
      reshaped(small),
      ...up.reverse(),
    ),
  }
}
