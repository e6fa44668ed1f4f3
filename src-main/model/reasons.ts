/** Sentences about a collection that more than one recipe gives as its reason. */
import type { Augmentation } from '../contract/augmentation'
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

/** How many of the pictures are moved, how far, and why. */
export function reasonForShift({ shift, share }: Pick<Augmentation, 'shift' | 'share'>): string {
  const pixels = shift === 1 ? 'one pixel' : `${shift} pixels`
  const moved =
    share < 1
      ? `${Math.round(share * 100)} % of the pictures shown are moved by up to ${pixels}`
      : `Each picture is moved by up to ${pixels} every time it is shown`
  return `${moved}, so that the model can’t learn pictures by heart.`
}
