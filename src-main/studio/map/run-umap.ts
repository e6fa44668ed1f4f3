/** Runs a UMAP in a worker thread of its own and ends that thread at once when it is cancelled. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { cancelled } from '../../contract/errors'
import { type UmapTask } from './layout-umap'
import type { UmapMessage } from './umap-worker'

/**
 * The thread: its code lies beside the bundle or, when Varia runs from its sources, is this folder's TypeScript, which
 * tsx, a tool of development, teaches the thread to read.
 */
function startWorker(task: UmapTask): Worker {
  // Absent where the sources run as ES modules; the process was then started with a file below src-main.
  const here = typeof __dirname === 'string' ? __dirname : join(dirname(process.argv[1] ?? ''), '../studio/map')
  for (const folder of [here, dirname(here)]) {
    const built = join(folder, 'umap-worker.cjs')
    if (existsSync(built)) return new Worker(built, { workerData: task })
  }
  const source = JSON.stringify(join(here, 'umap-worker.ts'))
  return new Worker(`require('tsx/cjs'); require(${source})`, { eval: true, workerData: task })
}

/**
 * Lays out [count, 3] positions; see `layoutUmap`.
 * @throws VariaError `cancelled` when the signal aborts.
 */
export function runUmap(
  task: UmapTask,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Float32Array> {
  if (signal.aborted) return Promise.reject(cancelled('The map'))
  return new Promise((resolve, reject) => {
    const worker = startWorker(task)
    const settle = (act: () => void): void => {
      signal.removeEventListener('abort', abort)
      void worker.terminate()
      act()
    }
    const abort = (): void => {
      settle(() => {
        reject(cancelled('The map'))
      })
    }
    signal.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: UmapMessage) => {
      if (message.kind === 'progress') onProgress(message.share)
      else
        settle(() => {
          resolve(message.positions)
        })
    })
    worker.once('error', (error) => {
      settle(() => {
        reject(error)
      })
    })
    worker.once('exit', (code) => {
      settle(() => {
        reject(new Error(`The thread that lays out the map ended early (${String(code)}).`))
      })
    })
  })
}
