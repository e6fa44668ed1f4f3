/** How good pictures and latents are, in numbers that papers use. */
import type * as tf from '@tensorflow/tfjs-core'

/** Mean squared error of each picture [b] between x and y [b, h, w, c]. */
export declare function mse(x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor1D
/** Peak signal-to-noise ratio in dB of a mean squared error of pictures in 0..1; Infinity for 0. */
export declare function psnr(meanSquaredError: number): number
/** Structural similarity of each picture [b] (Wang et al. 2004: Gaussian window of 11, sigma 1.5, mean over channels), pictures in 0..1. */
export declare function ssim(x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor1D
/** How many of the latents vary with the input: Var(mu) > 0.01 (Burda et al. 2016). `means` is [n, latent], row by row. */
export declare function activeUnits(means: Float32Array, latent: number): number
