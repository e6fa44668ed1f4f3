/** How an engine that died is started again: at once the first time, ever more carefully when it keeps dying. */

export interface Restart {
  /** Milliseconds to wait. */
  readonly delay: number
  /** Open the project again that was open. */
  readonly reopen: boolean
  /** Let the runs go on that were training. What kills an engine again and again may well be one of them. */
  readonly resume: boolean
}

/** Deaths farther apart than this have nothing to do with each other, milliseconds. */
export const deathWindow = 120_000

/**
 * What to do after the last of `deaths` (their times, milliseconds, ascending; the last one is now). null: give up until
 * its user asks again.
 */
export function nextRestart(deaths: readonly number[]): Restart | null {
  const now = deaths[deaths.length - 1] ?? 0
  const recent = deaths.filter((time) => now - time < deathWindow).length
  if (recent <= 1) return { delay: 0, reopen: true, resume: true }
  if (recent === 2) return { delay: 500, reopen: true, resume: true }
  if (recent === 3) return { delay: 2000, reopen: true, resume: true }
  if (recent === 4) return { delay: 4000, reopen: true, resume: false }
  if (recent === 5) return { delay: 8000, reopen: false, resume: false }
  return null
}
