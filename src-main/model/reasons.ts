/** Sentences about a collection that more than one recipe gives as its reason. */
import type { CollectionFacts } from './collection-facts'
import { fittingLikelihood } from './fitting-likelihood'

/** A number of designs as people read it: "6,662 designs". */
export function designs(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'design' : 'designs'}`
}

export function reasonForLikelihood(facts: CollectionFacts): string {
  const share = Math.round(facts.binaryShare * 100)
  return fittingLikelihood(facts).kind === 'bernoulli'
    ? `${share} % of the pixels are black or white, so each pixel is learnt as a chance of being white (Bernoulli).`
    : `Only ${share} % of the pixels are plain black or white, so each value is learnt with an error whose size is found in training (optimal sigma).`
}
