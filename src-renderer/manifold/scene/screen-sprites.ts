/** The sprites as they lie on the screen, and what can be asked of them there: answered on the CPU, exactly. */
import type { Camera, Viewport } from '../camera'
import { type Box, type Direction, nearestTo, nextInDirection, pickAt, pickBox } from '../picking'
import { project, type Projected, projectedRoom } from '../projection'

/** Alpha from which on a picture can be hit, of 255. */
const visible = 16

export class ScreenSprites {
  readonly projected: Projected
  readonly #alphaAt: (index: number, u: number, v: number) => number
  #stale = true

  /** `alphaAt` gives a picture's alpha, 0 to 255, at (u, v): what is transparent there is not hit. */
  constructor(count: number, alphaAt: (index: number, u: number, v: number) => number) {
    this.projected = projectedRoom(count)
    this.#alphaAt = alphaAt
  }

  /** Positions, view or size have changed. */
  invalidate(): void {
    this.#stale = true
  }

  /** Brings them up to date, if anything has changed. */
  update(positions: Float32Array, camera: Camera, viewport: Viewport, size: number): void {
    if (this.#stale) project(positions, camera, viewport, size, this.projected)
    this.#stale = false
  }

  /** The item under a point; -1 for none. */
  pick(x: number, y: number): number {
    return pickAt(this.projected, x, y, (index, u, v) => this.#alphaAt(index, u, v) > visible)
  }

  inBox(box: Box): number[] {
    return pickBox(this.projected, box)
  }

  /** The next item from one in a direction; -1 for none. */
  next(from: number, direction: Direction): number {
    return nextInDirection(this.projected, from, direction)
  }

  /** The item whose centre is nearest to a point; -1 when none is in view. */
  nearest(x: number, y: number): number {
    return nearestTo(this.projected, x, y)
  }

  /** Where an item is, and half its side; null when it is not in view. */
  at(index: number): { x: number; y: number; half: number } | null {
    const { x, y, half } = this.projected
    const size = half[index] ?? 0
    return size > 0 ? { x: x[index] ?? 0, y: y[index] ?? 0, half: size } : null
  }
}
