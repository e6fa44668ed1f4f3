/** The latents of a collection as a cloud: what the map, the axes and the gauge of typicality are worked out from. */
import { type RunId } from '../../contract/run'

/** The posteriors of items, as they are stored. */
export interface Posteriors {
  /** Item ids in the order of the rows. */
  readonly items: Int32Array
  /** Latent dimensions. */
  readonly size: number
  /** [items, size] */
  readonly mu: Float32Array
  /** [items, size]; null for a model that gives points. */
  readonly logvar: Float32Array | null
}

/** All items encoded with one checkpoint. */
export interface LatentCloud {
  readonly runId: RunId
  readonly checkpoint: string
  readonly dimension: number
  /** Item ids in the order of the rows. */
  readonly items: Int32Array
  /** [items, dimension] posterior means. */
  readonly means: Float32Array
  /** [dimension] KL to the prior in nats, mean over the items; null for a model without a KL. */
  readonly klPerDimension: Float32Array | null
  /** [dimension] posterior variance, mean over the items; zeros for a model that gives points. */
  readonly spread: Float32Array
}

/** What posteriors say together. */
export function cloudOf(runId: RunId, checkpoint: string, posteriors: Posteriors): LatentCloud {
  const { items, size, mu, logvar } = posteriors
  const kl = new Float64Array(size)
  const variances = new Float64Array(size)
  // KL(N(mu, sigma^2) || N(0, 1)) = (mu^2 + sigma^2 - 1 - ln sigma^2) / 2 of each latent (Kingma & Welling 2014, B)
  for (let index = 0; logvar !== null && index < mu.length; index++) {
    const i = index % size
    const mean = mu[index] ?? 0
    const log = logvar[index] ?? 0
    const variance = Math.exp(log)
    variances[i] = (variances[i] ?? 0) + variance
    kl[i] = (kl[i] ?? 0) + (mean * mean + variance - 1 - log) / 2
  }
  const over = 1 / Math.max(1, items.length)
  return {
    runId,
    checkpoint,
    dimension: size,
    items,
    means: mu,
    klPerDimension: logvar === null ? null : Float32Array.from(kl, (sum) => sum * over),
    spread: Float32Array.from(variances, (sum) => sum * over),
  }
}

/** Burda et al. 2016: a latent is active when the variance of its posterior mean over the data is above 0.01. */
const activeVariance = 0.01
/** An autoencoder's latents have no scale of their own: active are those above this share of the widest one's variance. */
const activeShare = 1e-3

/** [dimension] whether each direction with that variance is used at all. */
export function activeDirections(variance: ArrayLike<number>, hasPrior: boolean): boolean[] {
  const all = Array.from(variance)
  const threshold = hasPrior ? activeVariance : Math.max(1e-12, activeShare * Math.max(...all, 0))
  return all.map((value) => value > threshold)
}

/** Row of an item, or -1. */
export function rowOfItem(cloud: LatentCloud, item: number): number {
  return cloud.items.indexOf(item)
}

/** The latent of a row, copied. */
export function latentOfRow(cloud: LatentCloud, row: number): Float32Array {
  return cloud.means.slice(row * cloud.dimension, (row + 1) * cloud.dimension)
}
