/** Ctrl-C: the first one asks work to stop, the next one ends the process. */

/** A key pressed once may arrive more than once: from the terminal, and from the program that started this one. */
const onePress = 1000

export class PoliteStop {
  readonly #abort = new AbortController()
  readonly #endNow: () => void
  readonly #now: () => number
  #first = 0

  /** `now` in milliseconds, for tests. */
  constructor(endNow: () => void, now: () => number = Date.now) {
    this.#endNow = endNow
    this.#now = now
  }

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** A signal has come. */
  hear(): void {
    const now = this.#now()
    if (!this.#abort.signal.aborted) {
      this.#first = now
      this.#abort.abort()
    } else if (now - this.#first > onePress) this.#endNow()
  }
}
