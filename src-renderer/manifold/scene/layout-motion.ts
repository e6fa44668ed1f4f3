/** Where the sprites are on their way from one layout to the next. The GPU blends the same two layouts by `share`. */
import { ease } from '../flight'
import { blend } from '../layout'

/** Milliseconds that a change of layout takes. */
const layoutTime = 900

export class LayoutMotion {
  /** [count, 3]: where they came from, where they go, where they are. */
  from: Float32Array
  to: Float32Array
  readonly now: Float32Array
  /** Share of the way that is behind them. */
  share = 1
  #start: number | null = null

  constructor(count: number) {
    this.from = this.to = new Float32Array(count * 3)
    this.now = new Float32Array(count * 3)
  }

  get moving(): boolean {
    return this.#start !== null
  }

  /** Sets out for another layout, from wherever they are; there at once when not `animated`. */
  moveTo(positions: Float32Array, animated: boolean, now: number): void {
    this.from = Float32Array.from(this.now)
    this.to = positions
    this.#start = animated ? now : null
    this.share = animated ? 0 : 1
    if (!animated) this.now.set(positions)
  }

  /** Moves them to where they are `now`; true when they moved. */
  advance(now: number): boolean {
    if (this.#start === null) return false
    const share = (now - this.#start) / layoutTime
    this.share = ease(share)
    blend(this.from, this.to, this.share, this.now)
    if (share >= 1) this.#start = null
    return true
  }
}
