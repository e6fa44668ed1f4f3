/** What lies under a pointer or in a box, and which sprite is next in a direction: exact, on projected sprites. */
import type { Projected } from './projection'

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The box between two corners, whichever way it was drawn. */
export function boxBetween(x1: number, y1: number, x2: number, y2: number): Box {
  return { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2) }
}

/**
 * The nearest sprite to the eye that covers a point; -1 for none. `covers` may refuse a hit at (u, v) of the picture, 0..1
 * from its top left, where the picture is transparent. Where nothing covers the point, a sprite within `reach` pixels of
 * its edge will do, so that small ones can be hit.
 */
export function pickAt(
  sprites: Projected,
  x: number,
  y: number,
  covers: (index: number, u: number, v: number) => boolean = () => true,
  reach = 4,
): number {
  let best = -1
  let bestDepth = Infinity
  let close = -1
  let closest = reach
  for (let n = 0; n < sprites.count; n++) {
    const half = sprites.half[n] ?? 0
    if (half <= 0) continue
    const dx = x - (sprites.x[n] ?? 0)
    const dy = y - (sprites.y[n] ?? 0)
    const beyond = Math.max(Math.abs(dx), Math.abs(dy)) - half
    if (beyond <= 0) {
      const depth = sprites.depth[n] ?? 0
      if (depth < bestDepth && covers(n, dx / (2 * half) + 0.5, dy / (2 * half) + 0.5)) {
        best = n
        bestDepth = depth
      }
    } else if (beyond < closest) {
      close = n
      closest = beyond
    }
  }
  return best >= 0 ? best : close
}

/** All sprites whose centre lies in a box, in ascending order. */
export function pickBox(sprites: Projected, box: Box): number[] {
  const found: number[] = []
  for (let n = 0; n < sprites.count; n++) {
    if ((sprites.half[n] ?? 0) <= 0) continue
    const [x, y] = [sprites.x[n] ?? 0, sprites.y[n] ?? 0]
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) found.push(n)
  }
  return found
}

/** The sprite in view whose centre is nearest to a point; -1 for none. */
export function nearestTo(sprites: Projected, x: number, y: number): number {
  let best = -1
  let closest = Infinity
  for (let n = 0; n < sprites.count; n++) {
    if ((sprites.half[n] ?? 0) <= 0) continue
    const distance = Math.hypot(x - (sprites.x[n] ?? 0), y - (sprites.y[n] ?? 0))
    if (distance < closest) {
      best = n
      closest = distance
    }
  }
  return best
}

export type Direction = 'left' | 'right' | 'up' | 'down'

const steps: Record<Direction, readonly [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}

/**
 * The next sprite from `from` in a direction on the screen: the one that is closest, where a step sideways counts twice and
 * only what lies within 60 degrees of the direction counts. -1 when there is none.
 */
export function nextInDirection(sprites: Projected, from: number, direction: Direction): number {
  const [sx, sy] = steps[direction]
  const [x0, y0] = [sprites.x[from] ?? 0, sprites.y[from] ?? 0]
  let best = -1
  let bestCost = Infinity
  for (let n = 0; n < sprites.count; n++) {
    if (n === from || (sprites.half[n] ?? 0) <= 0) continue
    const dx = (sprites.x[n] ?? 0) - x0
    const dy = (sprites.y[n] ?? 0) - y0
    const ahead = dx * sx + dy * sy
    const aside = Math.abs(dx * sy) + Math.abs(dy * sx)
    if (ahead <= 0.5 || aside > ahead * Math.sqrt(3)) continue
    const cost = ahead + 2 * aside
    if (cost < bestCost) {
      best = n
      bestCost = cost
    }
  }
  return best
}
