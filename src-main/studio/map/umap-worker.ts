/** The entry of the worker thread that lays out a UMAP: one task in, progress and positions out. */
import { parentPort, workerData } from 'node:worker_threads'
import { layoutUmap, type UmapTask } from './layout-umap'

export type UmapMessage =
  { readonly kind: 'progress'; readonly share: number } | { readonly kind: 'done'; readonly positions: Float32Array }

const port = parentPort
if (port !== null) {
  let told = 0
  const positions = layoutUmap(workerData as UmapTask, (share) => {
    if (share - told < 0.01) return
    told = share
    port.postMessage({ kind: 'progress', share } satisfies UmapMessage)
  })
  port.postMessage({ kind: 'done', positions } satisfies UmapMessage, [positions.buffer as ArrayBuffer])
}
