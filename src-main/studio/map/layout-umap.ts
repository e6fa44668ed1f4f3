/**
 * UMAP (McInnes, Healy, Melville 2018) in three dimensions by umap-js. Pure and blocking: it runs in a worker thread
 * (`umap-worker.ts`), so that neither training nor sliders wait for it.
 */
import { UMAP } from 'umap-js'
import { Random } from '../../model/random'
import { centre, scaleToUnitRadius } from './layout'

export interface UmapTask {
  /** [count, dimension] */
  readonly latents: Float32Array
  readonly count: number
  readonly dimension: number
  readonly seed: number
}

/** Neighbours that define the local shape; fewer where there are hardly more items. */
const neighbours = 15
const minDistance = 0.1

/** The smallest collection UMAP says anything about; below it a linear map shows all there is. */
export const fewestForUmap = 8

/**
 * Lays out [count, 3] positions, centred and scaled to a radius of 1. The same seed gives the same layout.
 * @param onProgress hears the share done, 0 to 1; its figures come from the optimisation, which takes most of the time.
 */
export function layoutUmap(task: UmapTask, onProgress: (share: number) => void): Float32Array {
  const { latents, count, dimension, seed } = task
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from(latents.subarray(row * dimension, (row + 1) * dimension)),
  )
  const random = Random.for(seed, 'umap')
  const umap = new UMAP({
    nComponents: 3,
    nNeighbors: Math.min(neighbours, count - 1),
    minDist: minDistance,
    random: () => random.uniform(),
  })
  const epochs = umap.initializeFit(rows)
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step()
    onProgress((epoch + 1) / epochs)
  }
  const positions = new Float32Array(count * 3)
  umap.getEmbedding().forEach((point, row) => positions.set(point, row * 3))
  centre(positions)
  scaleToUnitRadius(positions)
  return positions
}
