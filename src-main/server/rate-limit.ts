/** A bucket of permits that refills at a steady rate: bursts pass, floods don't. */
export class RateLimit {
  readonly #burst: number
  readonly #perSecond: number
  readonly #now: () => number
  #permits: number
  #then: number

  /** `now` in milliseconds, for tests. */
  constructor(options: { burst: number; perSecond: number; now?: () => number }) {
    this.#burst = options.burst
    this.#perSecond = options.perSecond
    this.#now = options.now ?? Date.now
    this.#permits = options.burst
    this.#then = this.#now()
  }

  /** Takes a permit; false when there is none. */
  take(): boolean {
    const now = this.#now()
    const earned = (Math.max(0, now - this.#then) / 1000) * this.#perSecond
    this.#permits = Math.min(this.#burst, this.#permits + earned)
    this.#then = now
    if (this.#permits < 1) return false
    this.#permits -= 1
    return true
  }

  /** Gives a permit back that was taken for nothing wrong. */
  giveBack(): void {
    this.#permits = Math.min(this.#burst, this.#permits + 1)
  }
}
