/**
 * Bounds what work in progress holds at once, in bytes or pixels: many small pictures may be open together, of large ones
 * only a few. Callers are served in the order they came, so that a large one is not starved by small ones.
 */
export class Budget {
  readonly #capacity: number
  #used = 0
  readonly #waiting: { cost: number; start: () => void }[] = []

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Runs `work` once `amount` of the budget are free; what is larger than the budget runs alone. */
  async with<T>(amount: number, work: () => Promise<T>): Promise<T> {
    const cost = Math.min(Math.max(amount, 0), this.#capacity)
    if (this.#waiting.length > 0 || this.#used + cost > this.#capacity) {
      await new Promise<void>((resolve) => {
        this.#waiting.push({ cost, start: resolve })
      })
    } else {
      this.#used += cost
    }
    try {
      return await work()
    } finally {
      this.#used -= cost
      this.#admit()
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#used + next.cost > this.#capacity) return
      this.#used += next.cost
      this.#waiting.shift()
      next.start()
    }
  }
}
