/** Long computations that take turns at the device: between two batches a hand and a training step get in. */
import type * as tf from '@tensorflow/tfjs-core'
import { type DeviceQueue, type Priority } from '../compute/queue'

/**
 * Batches for a computation that runs outside the queue: each is handed out when the device is free, and the device is
 * held until the next one is asked for.
 */
export async function* batchesInTurns(
  queue: DeviceQueue,
  priority: Priority,
  batches: AsyncIterable<() => tf.Tensor4D>,
  signal?: AbortSignal,
): AsyncGenerator<tf.Tensor4D, void, undefined> {
  for await (const make of batches) {
    const release = await holdDevice(queue, priority, signal)
    try {
      yield make()
    } finally {
      release()
    }
  }
}

/** Waits until the device is free and holds it until the returned function is called. */
function holdDevice(queue: DeviceQueue, priority: Priority, signal?: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    queue
      .run(
        priority,
        () =>
          new Promise<void>((release) => {
            resolve(release)
          }),
        signal,
      )
      .catch(reject)
  })
}
