/** The figures of a model on pictures it never trained on. */
import * as tf from '@tensorflow/tfjs-core'
import { activeUnits, mse, psnr, ssim } from './metrics'
import { pictureLength } from './pictures'
import { Random } from './random'
import type { Vae } from './vae'

/** Means over pictures; nats are sums over pixels. */
export interface HeldOutFigures {
  readonly n: number
  readonly negativeElbo: number
  readonly reconstruction: number
  readonly kl: number
  /** negativeElbo in bits a value; for continuous likelihoods of pictures in steps of 1/256. */
  readonly bitsPerDim: number
  /** Between pictures and the decoded means of their posteriors. */
  readonly mse: number
  /** dB */
  readonly psnr: number
  /** NaN where it was left out, or pictures are smaller than its window of 11. */
  readonly ssim: number
  readonly activeUnits: number
  /** [latent], nats. */
  readonly klPerDimension: Float32Array
}

export interface EvaluationOptions {
  /** Only what a training curve shows: mse, psnr and ssim are NaN. */
  readonly quick?: boolean
}

/** The seed of the posterior's noise: fixed, so that the same weights give the same figures. */
const evaluationSeed = 20_041_231
const smallestForSsim = 11

/** Evaluates batches [b, h, w, c] in 0..1 with the weights the model holds; disposes of each batch. */
export async function evaluate(
  vae: Vae,
  batches: Iterable<tf.Tensor4D> | AsyncIterable<tf.Tensor4D>,
  { quick = false }: EvaluationOptions = {},
): Promise<HeldOutFigures> {
  const { latent, shape } = vae
  const structural = !quick && Math.min(shape.height, shape.width) >= smallestForSsim
  const klSums = new Float64Array(latent)
  const means: Float32Array[] = []
  const sums = { n: 0, reconstruction: 0, mse: 0, ssim: 0 }
  for await (const batch of batches) {
    const part = await evaluateBatch(vae, batch, sums.n, { quick, structural }).finally(() => {
      batch.dispose()
    })
    part.kl.forEach((value, d) => (klSums[d] = (klSums[d] ?? 0) + value))
    means.push(part.mu)
    sums.n += part.n
    sums.reconstruction += part.reconstruction
    sums.mse += part.mse
    sums.ssim += part.ssim
  }
  const { n } = sums
  const klPerDimension = Float32Array.from(klSums, (sum) => sum / n)
  const kl = klSums.reduce((total, sum) => total + sum, 0) / n
  const negativeElbo = sums.reconstruction / n + kl
  return {
    n,
    negativeElbo,
    reconstruction: sums.reconstruction / n,
    kl,
    bitsPerDim: bitsPerDim(negativeElbo, pictureLength(shape), vae.likelihood.continuous),
    mse: sums.mse / n,
    psnr: psnr(sums.mse / n),
    ssim: sums.ssim / n,
    activeUnits: activeUnits(concatenate(means), latent),
    klPerDimension,
  }
}

interface BatchFigures {
  readonly n: number
  /** Sums over the batch; mse and ssim are NaN where they were left out. */
  readonly reconstruction: number
  readonly mse: number
  readonly ssim: number
  /** Nats a dimension [latent], summed over the batch. */
  readonly kl: Float32Array
  /** The posterior's means [b, latent]. */
  readonly mu: Float32Array
}

/** @param offset pictures evaluated before: where in the noise these begin */
async function evaluateBatch(
  vae: Vae,
  batch: tf.Tensor4D,
  offset: number,
  { quick, structural }: { quick: boolean; structural: boolean },
): Promise<BatchFigures> {
  const parts = tf.tidy(() => {
    const posterior = vae.encode(batch)
    const z = vae.posterior.sample(posterior, Random.for(evaluationSeed, offset))
    const reconstruction = tf.sum(vae.likelihood.negativeLog(batch, vae.decoderOutput(z), vae.logSigma))
    const rebuilt = quick ? null : vae.decode(posterior.mu)
    const error = rebuilt === null ? tf.scalar(NaN) : tf.sum(mse(batch, rebuilt))
    const likeness = rebuilt === null || !structural ? tf.scalar(NaN) : tf.sum(ssim(batch, rebuilt))
    const kl = tf.sum(vae.posterior.kl(posterior, vae.prior), 0)
    return { figures: tf.stack([reconstruction, error, likeness]), kl, mu: posterior.mu }
  })
  try {
    const [reconstruction = NaN, error = NaN, likeness = NaN] = await parts.figures.data()
    // copied: on some backends `data` hands out memory that the tensor goes on using
    const kl = (await parts.kl.data<'float32'>()).slice()
    const mu = (await parts.mu.data<'float32'>()).slice()
    return { n: batch.shape[0], reconstruction, mse: error, ssim: likeness, kl, mu }
  } finally {
    tf.dispose(parts)
  }
}

/** A density over 0..1 becomes a probability of one of 256 steps by the step's width, 1/256: log2 256 = 8 bits more. */
function bitsPerDim(nats: number, values: number, continuous: boolean): number {
  return nats / (values * Math.LN2) + (continuous ? 8 : 0)
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
