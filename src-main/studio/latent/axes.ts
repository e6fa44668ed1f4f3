/** Axes: directions with a slider each, in the order of how much they are used, with the collection's distribution. */
import { type Axis, type AxisBasis, histogramBins } from '../../contract/latent'
import { activeDirections, type LatentCloud } from './cloud'
import { columnMeans, principalDirections } from './eigen'

/** Share of the collection that a slider's range leaves out at each end. */
const tail = 0.001

/** The axes of a cloud in one basis, most used first. */
export function axesOf(cloud: LatentCloud, basis: AxisBasis): Axis[] {
  return basis === 'raw' ? rawAxes(cloud) : principalAxes(cloud)
}

function rawAxes(cloud: LatentCloud): Axis[] {
  const { dimension, klPerDimension } = cloud
  const count = cloud.items.length
  const mean = columnMeans(cloud.means, count, dimension)
  const variance = new Float64Array(dimension)
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimension; i++) {
      variance[i] = (variance[i] ?? 0) + ((cloud.means[row * dimension + i] ?? 0) - (mean[i] ?? 0)) ** 2 / count
    }
  }
  const active = activeDirections(variance, klPerDimension !== null)
  const axes = Array.from({ length: dimension }, (_, index) => {
    const direction = new Float32Array(dimension)
    direction[index] = 1
    const values = new Float32Array(count)
    for (let row = 0; row < count; row++) values[row] = cloud.means[row * dimension + index] ?? 0
    return describe(values, {
      id: `z${String(index).padStart(2, '0')}`,
      basis: 'raw',
      index,
      direction,
      activity: Math.max(0, klPerDimension?.[index] ?? variance[index] ?? 0),
      active: active[index] ?? false,
    })
  })
  return axes.sort((a, b) => b.activity - a.activity || a.index - b.index)
}

function principalAxes(cloud: LatentCloud): Axis[] {
  const { dimension } = cloud
  const count = cloud.items.length
  const { basis, variance } = principalDirections(cloud.means, count, dimension)
  const active = activeDirections(variance, cloud.klPerDimension !== null)
  const total = variance.reduce((sum, value) => sum + value, 0)
  return Array.from({ length: dimension }, (_, index) => {
    const direction = basis.slice(index * dimension, (index + 1) * dimension)
    const values = new Float32Array(count)
    for (let row = 0; row < count; row++) {
      let along = 0
      for (let i = 0; i < dimension; i++) along += (cloud.means[row * dimension + i] ?? 0) * (direction[i] ?? 0)
      values[row] = along
    }
    return describe(values, {
      id: `p${String(index).padStart(2, '0')}`,
      basis: 'principal',
      index,
      direction,
      activity: total > 0 ? (variance[index] ?? 0) / total : 0,
      active: active[index] ?? false,
    })
  })
}

function describe(
  values: Float32Array,
  known: Pick<Axis, 'id' | 'basis' | 'index' | 'direction' | 'activity' | 'active'>,
): Axis {
  const count = Math.max(1, values.length)
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count)
  const sorted = Float32Array.from(values).sort()
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? mean
  // A collapsed axis, or a collection of one, still gets a slider that moves: the prior's scale is 1.
  const reach = Math.max(3 * std, std < 1e-3 ? 3 : 0)
  const min = Math.min(quantile(tail), mean - reach)
  const max = Math.max(quantile(1 - tail), mean + reach)
  const histogram = new Float32Array(histogramBins)
  for (const value of values) {
    const bin = Math.floor(((value - min) / (max - min)) * histogramBins)
    const kept = Math.min(histogramBins - 1, Math.max(0, bin))
    histogram[kept] = (histogram[kept] ?? 0) + 1
  }
  const number = String(known.index + 1)
  const label = known.basis === 'raw' ? `Latent ${number}` : `Direction ${number}`
  return { ...known, label, mean, std, min, max, histogram }
}
