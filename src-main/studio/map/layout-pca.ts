/** The linear map: the three principal directions of the latents. It is at hand at once, and live during training. */
import { type LatentMap } from '../../contract/map'
import { type LatentCloud } from '../latent/cloud'
import { principalDirections } from '../latent/eigen'
import { scaleToUnitRadius } from './layout'

/** Positions and frame of a cloud: latent = mean + scale * positions @ basis + residual. */
export function layoutPca(cloud: LatentCloud): Pick<LatentMap, 'positions' | 'frame'> {
  const { dimension, means } = cloud
  const count = cloud.items.length
  const { mean, basis, variance } = principalDirections(means, count, dimension)
  // A latent of fewer than three dimensions leaves the last rows at zero.
  const three = new Float32Array(3 * dimension)
  three.set(basis.subarray(0, three.length))
  const positions = new Float32Array(count * 3)
  for (let row = 0; row < count; row++) {
    for (let axis = 0; axis < 3; axis++) {
      let along = 0
      for (let i = 0; i < dimension; i++) {
        along += ((means[row * dimension + i] ?? 0) - (mean[i] ?? 0)) * (three[axis * dimension + i] ?? 0)
      }
      positions[row * 3 + axis] = along
    }
  }
  const scale = scaleToUnitRadius(positions)
  const total = variance.reduce((sum, value) => sum + value, 0)
  const explained = [0, 1, 2].map((axis) => (total > 0 ? (variance[axis] ?? 0) / total : 0))
  return { positions, frame: { mean, basis: three, scale, explained } }
}
