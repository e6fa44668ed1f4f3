/** Where the current latent lies in the map, although no item is there. */
import type { LatentMap } from '../../src-main/contract/map'
import type { Typicality } from '../../src-main/contract/latent'
import type { Vector } from './camera'

/** In a linear layout: its coordinates along the three directions, (z - mean) . basis / scale. */
export function placeInFrame(latent: Float32Array, frame: NonNullable<LatentMap['frame']>): Vector | null {
  const { mean, basis, scale } = frame
  if (latent.length !== mean.length) return null
  const coordinate = (row: number): number => {
    let sum = 0
    for (let k = 0; k < latent.length; k++) {
      sum += ((latent[k] ?? 0) - (mean[k] ?? 0)) * (basis[row * latent.length + k] ?? 0)
    }
    return sum / scale
  }
  return [coordinate(0), coordinate(1), coordinate(2)]
}

/** In any other layout: between its nearest items, the nearer the heavier (inverse squared distance). */
export function placeByNeighbours(
  nearest: Typicality['nearest'],
  placeOf: (item: number) => Vector | null,
): Vector | null {
  let [x, y, z, weights] = [0, 0, 0, 0]
  for (const { item, distance } of nearest) {
    const place = placeOf(item)
    if (place === null) continue
    const weight = 1 / (distance * distance + 1e-6)
    x += place[0] * weight
    y += place[1] * weight
    z += place[2] * weight
    weights += weight
  }
  return weights > 0 ? [x / weights, y / weights, z / weights] : null
}
