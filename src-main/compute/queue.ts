import { cancelled } from '../contract/errors'

/** What a hand waits for, a training step, work that nobody waits for. */
export type Priority = 'interactive' | 'training' | 'background'

/**
 * Turns of the event loop before work that can wait begins: what a hand asked for during the last step is read in the
 * first, unpacked and handed on in the next ones. Without them it waited for a second step.
 */
const turnsToArrive = 4

/**
 * A hand that drags asks again within a frame or two of its answer: the device waits so many milliseconds for it before it begins
 * a step that would hold it up, and lets a step through after so many answers.
 */
const lingerMilliseconds = 30
const answersInARow = 8

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface Task {
  readonly run: () => Promise<void>
}

/**
 * One queue for the one device, since two computations at once are slower than one after the other.
 *
 * Interactive work goes before training, training before background; first come, first served within each. One task
 * runs at a time, and between tasks the event loop turns, so that requests and cancellations get in. A task is
 * never interrupted: keep it short (one training step, one decoded batch).
 *
 * Fairness: priorities are strict. A hand that drags (latest-wins, one request in flight) is waited for between its requests, and
 * every few answers a training step goes through; background work waits until training pauses or ends,
 * unless it is asked for by a person, and then it is interactive.
 */
export class DeviceQueue {
  readonly #waiting: Record<Priority, Task[]> = { interactive: [], training: [], background: [] }
  #running = false
  /** Ends the wait for a hand. */
  #handAsks: (() => void) | null = null

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
      if (priority === 'interactive') this.#handAsks?.()
      if (!this.#running) void this.#drain()
    })
  }

  /** Waits for a hand to ask again, a moment at most. */
  #linger(): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#handAsks = null
        resolve()
      }
      const timer = setTimeout(end, lingerMilliseconds)
      this.#handAsks = end
    })
  }

  async #drain(): Promise<void> {
    this.#running = true
    let answers = 0
    for (;;) {
      const { interactive, training, background } = this.#waiting
      for (let turn = 0; turn < turnsToArrive && (turn === 0 || interactive.length === 0); turn++) await nextTurn()
      const held = training.length + background.length > 0
      if (held && interactive.length === 0 && answers > 0 && answers < answersInARow) await this.#linger()
      answers = interactive.length > 0 ? answers + 1 : 0
      const task = interactive.shift() ?? training.shift() ?? background.shift()
      if (task === undefined) break
      await task.run()
    }
    this.#running = false
  }
}
