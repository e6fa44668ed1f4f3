/** How good pictures and latents are, in numbers that papers use. */
import * as tf from '@tensorflow/tfjs-core'
import { Random } from './random'
import type { Vae } from './vae'

/** Mean squared error of each picture [b] between x and y [b, h, w, c]. */
export function mse(x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => tf.mean<tf.Tensor1D>(tf.squaredDifference(x, y), [1, 2, 3]))
}

/** Peak signal-to-noise ratio in dB of a mean squared error of pictures in 0..1; Infinity for 0. */
export function psnr(meanSquaredError: number): number {
  return -10 * Math.log10(meanSquaredError)
}

const windowSide = 11
const windowSigma = 1.5

function gaussianWindow(): number[] {
  const weights = Array.from({ length: windowSide }, (_, i) =>
    Math.exp(-((i - (windowSide - 1) / 2) ** 2) / (2 * windowSigma ** 2)),
  )
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

/**
 * Structural similarity of each picture [b] in 0..1 (Wang, Bovik, Sheikh & Simoncelli 2004): Gaussian window of 11, sigma 1.5, K1 0.01, K2 0.03,
 * mean over all windows that lie inside, and over channels. Pictures x, y [b, h, w, c] are at least 11 a side.
 */
export function ssim(x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor1D {
  const [batch, height, width, channels] = x.shape
  return tf.tidy(() => {
    const weights = gaussianWindow()
    const down = tf.tensor4d(weights, [windowSide, 1, 1, 1])
    const across = tf.tensor4d(weights, [1, windowSide, 1, 1])
    const planes = (t: tf.Tensor4D): tf.Tensor4D =>
      tf.reshape(tf.transpose(t, [0, 3, 1, 2]), [batch * channels, height, width, 1])
    const blur = (t: tf.Tensor): tf.Tensor =>
      tf.conv2d(tf.conv2d(t as tf.Tensor4D, down, 1, 'valid'), across, 1, 'valid')
    const [a, b] = [planes(x), planes(y)]
    const [meanA, meanB] = [blur(a), blur(b)]
    const [squareA, squareB, product] = [tf.square(meanA), tf.square(meanB), tf.mul(meanA, meanB)]
    const varianceA = tf.sub(blur(tf.square(a)), squareA)
    const varianceB = tf.sub(blur(tf.square(b)), squareB)
    const covariance = tf.sub(blur(tf.mul(a, b)), product)
    const [c1, c2] = [0.01 ** 2, 0.03 ** 2]
    const top = tf.mul(tf.add(tf.mul(product, 2), c1), tf.add(tf.mul(covariance, 2), c2))
    const bottom = tf.mul(tf.add(tf.add(squareA, squareB), c1), tf.add(tf.add(varianceA, varianceB), c2))
    return tf.mean<tf.Tensor1D>(tf.reshape(tf.div(top, bottom), [batch, -1]), 1)
  })
}

/** Var(mu) above this is an active unit (Burda et al. 2016). */
const activeVariance = 0.01

/** How many of the latents vary with the input: Var(mu) > 0.01 (Burda et al. 2016). `means` is [n, latent], row by row. */
export function activeUnits(means: Float32Array, latent: number): number {
  const n = means.length / latent
  let active = 0
  for (let d = 0; d < latent; d++) {
    let mean = 0
    let squares = 0
    for (let i = 0; i < n; i++) {
      const delta = (means[i * latent + d] ?? 0) - mean
      mean += delta / (i + 1)
      squares += delta * ((means[i * latent + d] ?? 0) - mean)
    }
    if (squares / n > activeVariance) active++
  }
  return active
}

/**
 * -log p(x) in nats for each picture, by importance weighting with `samples` draws a picture (Burda, Grosse & Salakhutdinov 2016):
 * -log (1/k) sum_k p(x|z_k) p(z_k) / q(z_k|x). An upper bound that tightens with k. Needs a posterior with a density.
 */
export async function importanceWeightedNll(
  vae: Vae,
  x: tf.Tensor4D,
  samples: number,
  seed: number,
): Promise<Float32Array> {
  const batch = x.shape[0]
  const logWeights = new Float64Array(batch * samples)
  const posterior = vae.encode(x)
  try {
    for (let k = 0; k < samples; k++) {
      const weight = tf.tidy(() => {
        const z = vae.posterior.sample(posterior, Random.for(seed, 'importance', k))
        const logQ = vae.posterior.logDensity(z, posterior)
        if (logQ === null) throw new Error('a posterior without a density has no importance weights')
        const negativeLog = vae.likelihood.negativeLog(x, vae.decoderOutput(z), vae.logSigma)
        return tf.sub(tf.sub(vae.prior.logDensity(z), logQ), negativeLog)
      })
      const values = await weight.data<'float32'>()
      weight.dispose()
      for (let i = 0; i < batch; i++) logWeights[i * samples + k] = values[i] ?? NaN
    }
  } finally {
    tf.dispose([posterior.mu, posterior.logvar ?? []])
  }
  return Float32Array.from({ length: batch }, (_, i) => {
    const row = logWeights.subarray(i * samples, (i + 1) * samples)
    const top = row.reduce((a, b) => Math.max(a, b), -Infinity)
    return -(top + Math.log(row.reduce((sum, value) => sum + Math.exp(value - top), 0) / samples))
  })
}
