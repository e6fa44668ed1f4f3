import { cancelled } from '../contract/errors'

/** What a hand waits for, a training step, work that nobody waits for. */
export type Priority = 'interactive' | 'training' | 'background'

interface Task {
  readonly run: () => Promise<void>
}

/**
 * One queue for the one device, since two computations at once are slower than one after the other.
 *
 * Interactive work goes before training, training before background; first come, first served within each. One task
 * runs at a time, and between tasks the event loop turns once, so that requests and cancellations get in. A task is
 * never interrupted: keep it short (one training step, one decoded batch).
 *
 * Fairness: priorities are strict. A hand cannot keep the device busy for long (what it drags is latest-wins, one
 * request in flight), so training goes on between its requests; background work waits until training pauses or ends,
 * unless it is asked for by a person, and then it is interactive.
 */
export class DeviceQueue {
  readonly #waiting: Record<Priority, Task[]> = { interactive: [], training: [], background: [] }
  #running = false

  /** Tasks that wait, of one priority or of all. */
  waiting(priority?: Priority): number {
    if (priority !== undefined) return this.#waiting[priority].length
    return this.#waiting.interactive.length + this.#waiting.training.length + this.#waiting.background.length
  }

  /**
   * Runs work when the device is free and nothing more urgent waits.
   * @returns what the work returns; rejects with what it throws, which concerns no other task.
   * @throws {VariaError} `cancelled` when the signal aborts before the work begins; once begun it runs to its end.
   */
  run<T>(priority: Priority, work: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) return Promise.reject(cancelled('Waiting for the device'))
    return new Promise<T>((resolve, reject) => {
      const queue = this.#waiting[priority]
      const abandon = (): void => {
        const at = queue.indexOf(task)
        if (at >= 0) queue.splice(at, 1)
        reject(cancelled('Waiting for the device'))
      }
      const task: Task = {
        run: async () => {
          signal?.removeEventListener('abort', abandon)
          try {
            resolve(await work())
          } catch (error) {
            reject(error)
          }
        },
      }
      signal?.addEventListener('abort', abandon, { once: true })
      queue.push(task)
      if (!this.#running) void this.#drain()
    })
  }

  async #drain(): Promise<void> {
    this.#running = true
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      const { interactive, training, background } = this.#waiting
      const task = interactive.shift() ?? training.shift() ?? background.shift()
      if (task === undefined) break
      await task.run()
    }
    this.#running = false
  }
}
