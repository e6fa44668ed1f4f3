/** Networks by the kind a recipe names: one file each here, one case below, one member of the union in contract/recipe. */
import type { NetworkRecipe } from '../../contract/recipe'
import type { PictureShape } from '../pictures'
import { convolutional } from './convolutional'
import { fullyConnected } from './dense'
import type { Network } from './network'
import { residual } from './residual'

export function makeNetwork(recipe: NetworkRecipe, shape: PictureShape, latent: number): Network {
  switch (recipe.kind) {
    case 'convolutional':
      return convolutional(recipe, shape, latent)
    case 'residual':
      return residual(recipe, shape, latent)
    case 'dense':
      return fullyConnected(recipe, shape, latent)
  }
}
