/** Which likelihood suits a collection's values. */
import type { LikelihoodRecipe } from '../contract/recipe'
import type { CollectionFacts } from './collection-facts'

/** Above this share of values near 0 or 1, pictures are drawn in black and white. */
const blackAndWhite = 0.75

/** Bernoulli where values are nearly all black or white, a Gaussian that learns its noise where they are not. */
export function fittingLikelihood({ binaryShare }: CollectionFacts): LikelihoodRecipe {
  return binaryShare >= blackAndWhite ? { kind: 'bernoulli' } : { kind: 'optimal-sigma', minLogSigma: -6 }
}
