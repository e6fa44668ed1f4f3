/** The loss of a batch, its gradient by every weight, and what of the pass is told and followed besides. */
import * as tf from '@tensorflow/tfjs-core'
import type { TrainingPass } from '../network/layer'
import { Random } from '../random'
import type { Vae } from '../vae'
import { corrupt } from './corruption'
import { elboLoss } from './elbo'

export interface LossGradient {
  /** [loss, reconstruction, kl, squared norm of the gradient, mean squared error]; the last is 0 where no noise level is learnt. */
  readonly figures: tf.Tensor1D
  /** [parameters] */
  readonly gradient: tf.Tensor1D
  /** The posterior's means [b, latent]. */
  readonly mu: tf.Tensor2D
  /** What normalisation saw of this batch [statistics]. */
  readonly seen: tf.Tensor1D
}

export interface LossOptions {
  /** The KL's weight at this step. */
  readonly beta: number
  /** With the step, where corruption, dropout and the posterior's noise are drawn from. */
  readonly seed: number
  readonly step: number
}

/** Of a batch x [b, h, w, c] in 0..1, which stays its owner's; the caller disposes of all that is returned. */
export function lossGradient(vae: Vae, x: tf.Tensor4D, { beta, seed, step }: LossOptions): LossGradient {
  const { objective } = vae.recipe
  const chance = (what: string): Random => Random.for(seed, what, step)
  return tf.tidy(() => {
    const damaged = corrupt(x, objective.corruption, chance('corruption'))
    const recorded: Record<string, tf.Tensor> = {}
    const training: TrainingPass = {
      chance: chance('dropout'),
      record: (name, value) => (recorded[name] = tf.keep(value)),
    }
    let parts: tf.Tensor[] = []
    const loss = (): tf.Scalar => {
      const posterior = vae.encode(damaged, training)
      const z = vae.posterior.sample(posterior, chance('noise'))
      const output = vae.decoderOutput(z, training)
      const reconstruction = vae.likelihood.negativeLog(x, output, null)
      const kl = vae.posterior.kl(posterior, vae.prior)
      const error = vae.likelihood.learnsNoise ? tf.mean(tf.squaredDifference(x, output)) : tf.scalar(0)
      parts = [tf.mean(reconstruction), tf.div(tf.sum(kl), kl.shape[0]), error, posterior.mu]
      // kept, since differentiating ends a tidy of its own
      parts.forEach((part) => tf.keep(part))
      return elboLoss({ reconstruction, kl }, beta, objective.freeBits)
    }
    const { value, grads } = tf.valueAndGrads(loss)([...vae.parameters.views] as tf.Tensor[])
    const gradient = vae.parameters.flatten(
      Object.fromEntries(vae.parameters.specs.map(({ name }, i) => [name, grads[i] as tf.Tensor])),
    )
    const [reconstruction, kl, error, mu] = parts as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor2D]
    const norm = tf.sum(tf.square(gradient))
    const figures = tf.stack([value, reconstruction, kl, norm, error]) as tf.Tensor1D
    const seen = vae.statistics.flatten(recorded)
    tf.dispose([reconstruction, kl, error, recorded])
    return { figures, gradient, mu, seen }
  })
}
