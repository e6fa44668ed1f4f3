/** The last moments of a drag: how fast the hand was when it let go. */

interface Spot {
  readonly x: number
  readonly y: number
  /** Milliseconds. */
  readonly at: number
}

/** Oldest first. */
export type Trail = readonly Spot[]

/** Pixels a millisecond. */
export interface Speed {
  readonly x: number
  readonly y: number
}

/** Milliseconds that a speed is taken over; a hand that rested longer than this before it let go has none. */
const memory = 80
/** Slower than this, pixels a millisecond, was no fling; and none is faster. */
const slowest = 0.15
const fastest = 3

/** The trail after one more place; what is too old falls off. */
export function follow(trail: Trail, spot: Spot): Trail {
  return [...trail.filter(({ at }) => spot.at - at <= memory), spot]
}

/** The speed with which the hand let go `now`; nothing where it had come to rest. */
export function flingOf(trail: Trail, now: number): Speed {
  const recent = trail.filter(({ at }) => now - at <= memory)
  const [first, last] = [recent[0], recent.at(-1)]
  if (first === undefined || last === undefined || now - first.at < 1) return { x: 0, y: 0 }
  const x = (last.x - first.x) / (now - first.at)
  const y = (last.y - first.y) / (now - first.at)
  const speed = Math.hypot(x, y)
  if (speed < slowest) return { x: 0, y: 0 }
  const held = Math.min(1, fastest / speed)
  return { x: x * held, y: y * held }
}
