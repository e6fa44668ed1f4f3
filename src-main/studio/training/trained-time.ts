/** How long a run has trained, over all its sittings. It stands still between two calls, so that one step has one time. */
export class TrainedTime {
  #seconds: number
  #countedTo = 0

  /** @param seconds of earlier sittings */
  constructor(seconds: number) {
    this.#seconds = seconds
  }

  /** As of the last call of {@link count}. */
  get seconds(): number {
    return this.#seconds
  }

  /** Begins to count, at first or after a pause, which is no training. */
  start(): void {
    this.#countedTo = performance.now()
  }

  /** Counts up to now. */
  count(): void {
    const now = performance.now()
    this.#seconds += (now - this.#countedTo) / 1000
    this.#countedTo = now
  }
}
