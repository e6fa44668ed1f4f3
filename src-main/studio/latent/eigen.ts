/** Principal directions of a cloud of latents, by the eigenvectors of its covariance (at most 1024 by 1024). */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

export interface PrincipalDirections {
  /** [dimension] */
  readonly mean: Float32Array
  /** [dimension, dimension], orthonormal rows, in descending order of variance. Each row's largest entry is positive. */
  readonly basis: Float32Array
  /** [dimension], variance along each row, descending. */
  readonly variance: Float64Array
}

/** Mean of each column of [count, dimension] numbers. */
export function columnMeans(rows: Float32Array, count: number, dimension: number): Float64Array {
  const mean = new Float64Array(dimension)
  for (let row = 0; row < count; row++) {
    const at = row * dimension
    for (let column = 0; column < dimension; column++) mean[column] = (mean[column] ?? 0) + (rows[at + column] ?? 0)
  }
  for (let column = 0; column < dimension; column++) mean[column] = (mean[column] ?? 0) / Math.max(1, count)
  return mean
}

/** Covariance [dimension, dimension] of [count, dimension] numbers about their mean, divided by the count. */
export function covariance(rows: Float32Array, count: number, mean: Float64Array): Float64Array {
  const dimension = mean.length
  const sums = new Float64Array(dimension * dimension)
  const centred = new Float64Array(dimension)
  for (let row = 0; row < count; row++) {
    const at = row * dimension
    for (let i = 0; i < dimension; i++) centred[i] = (rows[at + i] ?? 0) - (mean[i] ?? 0)
    for (let i = 0; i < dimension; i++) {
      const value = centred[i] ?? 0
      for (let j = 0, to = i * dimension; j <= i; j++) sums[to + j] = (sums[to + j] ?? 0) + value * (centred[j] ?? 0)
    }
  }
  const over = 1 / Math.max(1, count)
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (sums[i * dimension + j] ?? 0) * over
      sums[i * dimension + j] = value
      sums[j * dimension + i] = value
    }
  }
  return sums
}

/**
 * The principal directions of `rows`, [count, dimension].
 * The sign of a direction is fixed by its largest entry, so that maps of the same latents look the same each time.
 */
export function principalDirections(rows: Float32Array, count: number, dimension: number): PrincipalDirections {
  const mean = columnMeans(rows, count, dimension)
  const matrix = Matrix.from1DArray(dimension, dimension, covariance(rows, count, mean))
  const found = new EigenvalueDecomposition(matrix, { assumeSymmetric: true })
  const order = found.realEigenvalues.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value)
  const basis = new Float32Array(dimension * dimension)
  const variance = new Float64Array(dimension)
  order.forEach(({ value, index }, row) => {
    variance[row] = Math.max(0, value)
    const vector = found.eigenvectorMatrix.getColumn(index)
    const largest = vector.reduce((best, entry) => (Math.abs(entry) > Math.abs(best) + 1e-12 ? entry : best), 0)
    const sign = largest < 0 ? -1 : 1
    vector.forEach((entry, column) => {
      basis[row * dimension + column] = sign * entry
    })
  })
  return { mean: Float32Array.from(mean), basis, variance }
}
