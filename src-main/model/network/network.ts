/** What every network is: a way from pictures to features, and a way from latents to the likelihood's parameters. */
import type { PictureShape } from '../pictures'
import type { Layer } from './layer'

export interface Network {
  /** x [b, h, w, c] in 0..1 -> features [b, features] */
  readonly encoder: Layer
  readonly features: number
  /** z [b, latent] -> [b, h, w, c], what the likelihood reads: logits or means */
  readonly decoder: Layer
}

/** Makes a network of its recipe's kind. */
export type NetworkMaker<Kind> = (recipe: Kind, shape: PictureShape, latent: number) => Network
