/**
 * The evidence lower bound (Kingma & Welling 2014), to be made large: E_q[log p(x|z)] - beta KL(q(z|x) || p(z)); beta as in Higgins et
 * al. 2017, 1 for the bound itself. Free bits (Kingma et al. 2016): a dimension's KL, averaged over the batch, does not
 * count while it is below a floor. The KL's weight may rise linearly from 0 over the first share of a run (Bowman et al. 2016).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { ObjectiveRecipe } from '../../contract/recipe'

/** What an objective is made from, for a batch. */
export interface ElboTerms {
  /** -log p(x|z), [b] */
  readonly reconstruction: tf.Tensor1D
  /** KL a dimension, [b, latent] */
  readonly kl: tf.Tensor2D
}

/** The loss of a batch, a scalar in nats a picture. */
export function elboLoss({ reconstruction, kl }: ElboTerms, beta: number, freeBits: number): tf.Scalar {
  const perDimension = tf.mean<tf.Tensor1D>(kl, 0) // [latent]
  const counted = freeBits > 0 ? tf.maximum(perDimension, freeBits) : perDimension
  return tf.add<tf.Scalar>(tf.mean(reconstruction), tf.mul(tf.sum(counted), beta))
}

/** Steps over which the KL's weight rises when the run has no horizon and the recipe gives a share of one. */
const openEndedHorizon = 10_000

/** The KL's weight at a step, counted from 0. */
export function betaAt(step: number, { beta, warmup }: ObjectiveRecipe, totalSteps: number | null): number {
  const rise = warmup * (totalSteps ?? openEndedHorizon)
  return rise > 0 ? beta * Math.min(1, step / rise) : beta
}
