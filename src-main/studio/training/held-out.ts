/** The figures of a model on the held-out items, with the weights it holds. */
import type * as tf from '@tensorflow/tfjs-core'
import { type DeviceQueue, type Priority } from '../../compute/queue'
import { evaluate, type HeldOutFigures } from '../../model/evaluation'
import { picturesToTensor } from '../../model/pictures'
import { type Vae } from '../../model/vae'
import { batchesInTurns } from '../device-turns'

const batchSize = 64

export interface HeldOutOptions {
  readonly ids: Int32Array
  readonly read: (ids: Int32Array) => Promise<Uint8Array>
  readonly queue: DeviceQueue
  readonly priority: Priority
  /** Only what a curve shows. */
  readonly quick: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
}

/** Evaluates `vae` on items that must be some, batch by batch in the device's queue. Its weights must not change meanwhile. */
export function heldOutFigures(vae: Vae, options: HeldOutOptions): Promise<HeldOutFigures> {
  const { queue, priority, signal, quick } = options
  return evaluate(vae, batchesInTurns(queue, priority, pictureBatches(vae, options), signal), { quick })
}

async function* pictureBatches(
  vae: Vae,
  { ids, read, onProgress }: HeldOutOptions,
): AsyncGenerator<() => tf.Tensor4D, void, undefined> {
  for (let start = 0; start < ids.length; start += batchSize) {
    const pixels = await read(ids.subarray(start, start + batchSize))
    yield () => picturesToTensor(pixels, vae.shape)
    onProgress?.(Math.min(ids.length, start + batchSize))
  }
}
