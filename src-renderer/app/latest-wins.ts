/**
 * What a hand drags never queues up: one request in flight, the newest arguments next, older waiting ones dropped.
 */

/** The outcome of a call that a newer one overtook before it ran. */
export const superseded = Symbol('superseded')

export interface LatestWins<Arguments extends readonly unknown[], Result> {
  /** Runs now, or when the running call ends if no newer call came meanwhile; otherwise gives {@link superseded}. */
  (...args: Arguments): Promise<Result | typeof superseded>
  /** Drops what waits; the answer of what runs is given as {@link superseded}. */
  cancel(): void
  /** True while a call is in flight. */
  readonly busy: boolean
}

/**
 * Wraps `work` so that at most one call runs. The answer of the running call is still given (it shows progress under a
 * moving hand); only calls that never started are dropped. An error of `work` rejects the call it belongs to.
 */
export function latestWins<Arguments extends readonly unknown[], Result>(
  work: (...args: Arguments) => Promise<Result>,
): LatestWins<Arguments, Result> {
  type Waiting = { args: Arguments; settle: (outcome: Promise<Result> | typeof superseded) => void }
  let waiting: Waiting | null = null
  let busy = false
  let generation = 0

  async function run(args: Arguments): Promise<Result | typeof superseded> {
    busy = true
    const mine = generation
    try {
      const result = await work(...args)
      return mine === generation ? result : superseded
    } finally {
      busy = false
      const next = waiting
      waiting = null
      if (next !== null) next.settle(run(next.args) as Promise<Result>)
    }
  }

  const call = (...args: Arguments): Promise<Result | typeof superseded> => {
    if (!busy) return run(args)
    waiting?.settle(superseded)
    return new Promise((resolve) => {
      waiting = { args, settle: resolve }
    })
  }
  const cancel = (): void => {
    generation += 1
    waiting?.settle(superseded)
    waiting = null
  }
  // Object.assign would read the getter once and keep what it said then.
  return Object.defineProperties(call, { cancel: { value: cancel }, busy: { get: () => busy } }) as LatestWins<
    Arguments,
    Result
  >
}
