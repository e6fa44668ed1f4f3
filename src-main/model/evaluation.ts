/** The figures of a model on pictures it never trained on. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Vae } from './vae'

/** Means over pictures; nats are sums over pixels. */
export interface HeldOutFigures {
  readonly n: number
  readonly negativeElbo: number
  readonly reconstruction: number
  readonly kl: number
  /** negativeElbo in bits a value; for continuous likelihoods of pictures in steps of 1/256. */
  readonly bitsPerDim: number
  readonly mse: number
  /** dB */
  readonly psnr: number
  readonly ssim: number
  readonly activeUnits: number
  /** [latent], nats. */
  readonly klPerDimension: Float32Array
}

/**
 * Evaluates batches [b, h, w, c] in 0..1 with the weights the model holds; disposes of each batch. The posterior's
 * noise comes from a fixed seed, so the same weights give the same figures. `quick` leaves out ssim (NaN).
 */
export declare function evaluate(
  vae: Vae,
  batches: Iterable<tf.Tensor4D> | AsyncIterable<tf.Tensor4D>,
  options?: { readonly quick?: boolean },
): Promise<HeldOutFigures>
