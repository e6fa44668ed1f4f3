/** The resolution of each frame: that of the pace while the view moves, full once it has been still for a moment. */
import { afterFrame, type Pace, type Resolution, steadyPace } from '../resolution'

/** Stillness after which a frame is drawn in full resolution again, milliseconds. */
const settleTime = 160

export class MotionResolution {
  /** Share of the full resolution that the next frame is drawn in. */
  share: Resolution = 1
  #pace: Pace = steadyPace
  #lastMove: number | null = null
  #settling: ReturnType<typeof setTimeout> | undefined
  readonly #onSettled: () => void

  /** `onSettled` is told when a frame in full resolution is due. */
  constructor(onSettled: () => void) {
    this.#onSettled = onSettled
  }

  /** Takes note of a frame; true when `share` has changed. */
  frame(now: number, moved: boolean): boolean {
    if (moved) {
      if (this.#lastMove !== null && now - this.#lastMove < settleTime) {
        this.#pace = afterFrame(this.#pace, now - this.#lastMove)
      }
      this.#lastMove = now
      clearTimeout(this.#settling)
      if (this.#pace.resolution < 1) {
        this.#settling = setTimeout(() => {
          this.#lastMove = null
          this.#onSettled()
        }, settleTime)
      }
    }
    const wanted = this.#lastMove === null ? 1 : this.#pace.resolution
    if (wanted === this.share) return false
    this.share = wanted
    return true
  }

  stop(): void {
    clearTimeout(this.#settling)
  }
}
