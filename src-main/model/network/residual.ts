/**
 * Residual blocks (He et al. 2016) at every resolution, x + f(x) with f two convolutions. The second begins at zero, so that the
 * net begins as its plain path and needs no normalisation (Zhang et al. 2019, "Fixup").
 */
import * as tf from '@tensorflow/tfjs-core'
import type { NetworkRecipe } from '../../contract/recipe'
import { activation } from './activation'
import { centred, convolution, dense, dropout, reshaped, sequence, transposedConvolution, type Layer } from './layer'
import type { NetworkMaker } from './network'

type Recipe = Extract<NetworkRecipe, { kind: 'residual' }>

const halving = { side: 4, stride: 2 } as const

export const residual: NetworkMaker<Recipe> = (recipe, shape, latent) => {
  const { widths } = recipe
  const { gain, layer: activate } = activation(recipe.activation)
  const deepest = widths[widths.length - 1] ?? shape.channels
  const small = [shape.height >> widths.length, shape.width >> widths.length, deepest] as const
  const flat = small[0] * small[1] * small[2]

  const blocks = (name: string, width: number): Layer[] =>
    Array.from({ length: recipe.blocks }, (_, i) => block(`${name}.block${i}`, width, gain, activate))
  const down = widths.flatMap((to, i) => [
    ...(i === 0 ? [] : [activate]),
    convolution(`encoder.down${i}`, { from: widths[i - 1] ?? shape.channels, to, ...halving }, i === 0 ? 1 : gain),
    ...blocks(`encoder.stage${i}`, to),
  ])
  const up = [...widths.entries()]
    .reverse()
    .flatMap(([i, from]) => [
      ...blocks(`decoder.stage${i}`, from),
      activate,
      transposedConvolution(
        `decoder.up${i}`,
        { from, to: widths[i - 1] ?? shape.channels, ...halving },
        i === 0 ? 1 : gain,
      ),
    ])
  const narrow = recipe.dense > 0 ? [dense('encoder.dense', flat, recipe.dense, gain), activate] : []
  const widen = recipe.dense > 0 ? [dense('decoder.dense', latent, recipe.dense, 1), activate] : []

  return {
    features: recipe.dense > 0 ? recipe.dense : flat,
    encoder: sequence(centred, ...down, activate, reshaped([flat]), ...narrow, dropout(recipe.dropout)),
    decoder: sequence(
      ...widen,
      dense('decoder.spread', recipe.dense > 0 ? recipe.dense : latent, flat, recipe.dense > 0 ? gain : 1),
      reshaped(small),
      ...up,
    ),
  }
}

/** x + W2 act(W1 act(x)), both 3x3 */
function block(name: string, width: number, gain: number, activate: Layer): Layer {
  const shape = { from: width, to: width, side: 3, stride: 1 }
  const branch = sequence(
    activate,
    convolution(`${name}.first`, shape, gain),
    activate,
    convolution(`${name}.second`, shape, 0),
  )
  return {
    specs: branch.specs,
    statistics: branch.statistics,
    apply: (x, forward) => tf.add(x, branch.apply(x, forward)),
  }
}
