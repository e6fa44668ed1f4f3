/**
 * How typical a latent is of its collection: the share of items that lie farther from the collection's centre than it.
 *
 * Distance is Mahalanobis' under the covariance of the aggregate posterior, Cov(mu) + E[sigma^2], over the active
 * latents alone: along a collapsed latent the posterior means hardly vary, and yet moving there changes nothing.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { type Typicality } from '../../contract/latent'
import { activeDirections, type LatentCloud } from './cloud'
import { columnMeans, covariance } from './eigen'

export interface TypicalityGauge {
  /** @param latents [count, dimension] @param nearest how many of the nearest items to name. */
  readonly judge: (latents: Float32Array, count: number, nearest: number) => Typicality[]
}

/** Prepares a gauge for a cloud: one eigen-decomposition and one pass over the items. */
export function typicalityGauge(cloud: LatentCloud): TypicalityGauge {
  const { dimension, means } = cloud
  const count = cloud.items.length
  const mean = columnMeans(means, count, dimension)
  const spread = covariance(means, count, mean)
  const variances = Array.from({ length: dimension }, (_, i) => spread[i * dimension + i] ?? 0)
  const flags = activeDirections(variances, cloud.klPerDimension !== null)
  const kept = flags.flatMap((active, index) => (active ? [index] : []))
  const whiten = whitening(cloud, spread, kept)

  const distanceOf = (rows: Float32Array, row: number): number => {
    let sum = 0
    for (let i = 0; i < kept.length; i++) {
      let along = 0
      for (let j = 0; j < kept.length; j++) {
        const column = kept[j] ?? 0
        along += (whiten[i * kept.length + j] ?? 0) * ((rows[row * dimension + column] ?? 0) - (mean[column] ?? 0))
      }
      sum += along * along
    }
    return Math.sqrt(sum)
  }
  const distances = new Float32Array(count)
  for (let row = 0; row < count; row++) distances[row] = distanceOf(means, row)
  distances.sort()

  return {
    judge: (latents, wanted, nearest) =>
      Array.from({ length: wanted }, (_, row) => {
        const distance = distanceOf(latents, row)
        return {
          score: count === 0 ? 0 : 1 - countBelow(distances, distance) / count,
          distance,
          nearest: nearestItems(cloud, latents.subarray(row * dimension, (row + 1) * dimension), nearest),
        }
      }),
  }
}

/** Rows that turn a centred latent (active entries only) into one whose squared length is its Mahalanobis distance. */
function whitening(cloud: LatentCloud, spread: Float64Array, kept: readonly number[]): Float64Array {
  const size = kept.length
  const rows = new Float64Array(size * size)
  if (size === 0) return rows
  const matrix = Matrix.zeros(size, size)
  kept.forEach((a, i) => {
    kept.forEach((b, j) => matrix.set(i, j, spread[a * cloud.dimension + b] ?? 0))
    matrix.set(i, i, matrix.get(i, i) + (cloud.spread[a] ?? 0))
  })
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true })
  const floor = 1e-6 * Math.max(...realEigenvalues, 1e-12)
  realEigenvalues.forEach((value, i) => {
    const over = 1 / Math.sqrt(Math.max(value, floor))
    for (let j = 0; j < size; j++) rows[i * size + j] = over * eigenvectorMatrix.get(j, i)
  })
  return rows
}

/** How many of the ascending `sorted` are below `value`. */
function countBelow(sorted: Float32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function nearestItems(cloud: LatentCloud, latent: Float32Array, wanted: number): Typicality['nearest'] {
  const best: { item: number; distance: number }[] = []
  for (let row = 0; row < cloud.items.length; row++) {
    const limit = best.length < wanted ? Infinity : (best.at(-1)?.distance ?? Infinity)
    let sum = 0
    for (let i = 0, at = row * cloud.dimension; i < cloud.dimension && sum < limit; i++) {
      sum += ((cloud.means[at + i] ?? 0) - (latent[i] ?? 0)) ** 2
    }
    if (sum >= limit) continue
    best.push({ item: cloud.items[row] ?? 0, distance: sum })
    best.sort((a, b) => a.distance - b.distance)
    if (best.length > wanted) best.pop()
  }
  return best.map(({ item, distance }) => ({ item, distance: Math.sqrt(distance) }))
}
