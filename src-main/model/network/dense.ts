/** Fully connected layers. With no hidden layer encoder and decoder are linear maps: the model is then probabilistic PCA's kin. */
import type { NetworkRecipe } from '../../contract/recipe'
import { pictureLength } from '../pictures'
import { activation } from './activation'
import { dense, dropout, reshaped, sequence } from './layer'
import type { NetworkMaker } from './network'

type Recipe = Extract<NetworkRecipe, { kind: 'dense' }>

export const fullyConnected: NetworkMaker<Recipe> = ({ hidden, activation: name, dropout: share }, shape, latent) => {
  const { gain, layer: activate } = activation(name)
  const length = pictureLength(shape)
  const wide = [length, ...hidden]
  const features = wide[wide.length - 1] ?? length

  const inwards = hidden.flatMap((to, i) => [dense(`encoder.dense${i}`, wide[i] ?? length, to, gain), activate])
  const outwards = hidden.flatMap((from, i) => {
    const to = wide[i] ?? length
    return [activate, dense(`decoder.dense${i}`, from, to, i === 0 ? 1 : gain)]
  })
  // the last pair of `outwards` was made first: turn the order of the layers round, pair by pair
  const mirrored = hidden.flatMap((_, i) => outwards.slice(2 * (hidden.length - 1 - i), 2 * (hidden.length - i)))

  return {
    features,
    encoder: sequence(reshaped([length]), ...inwards, dropout(share)),
    decoder: sequence(
      dense('decoder.spread', latent, features, hidden.length > 0 ? gain : 1),
      ...mirrored,
      reshaped([shape.height, shape.width, shape.channels]),
    ),
  }
}
