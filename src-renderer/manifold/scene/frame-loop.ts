/** Frames on demand: none is drawn unless somebody asked for one. */

export interface FrameClock {
  request(callback: (now: number) => void): number
  cancel(handle: number): void
}

const screenClock: FrameClock = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
}

export class FrameLoop {
  /** Frames drawn so far. */
  frames = 0
  readonly #draw: (now: number) => boolean
  readonly #clock: FrameClock
  #handle: number | null = null
  #stopped = false
  #asleep = false
  #wanted = false

  /** `draw` gets the time in milliseconds; when it gives true another frame follows. */
  constructor(draw: (now: number) => boolean, clock: FrameClock = screenClock) {
    this.#draw = draw
    this.#clock = clock
  }

  /** Asks for one frame; asking twice before it is drawn is asking once. */
  request(): void {
    if (this.#stopped || this.#handle !== null) return
    if (this.#asleep) {
      this.#wanted = true
      return
    }
    this.#handle = this.#clock.request((now) => {
      this.#handle = null
      this.frames += 1
      if (this.#draw(now)) this.request()
    })
  }

  /** While asleep nothing is drawn; what was asked for meanwhile is drawn on waking. */
  set asleep(asleep: boolean) {
    this.#asleep = asleep
    if (asleep || !this.#wanted) return
    this.#wanted = false
    this.request()
  }

  stop(): void {
    this.#stopped = true
    if (this.#handle !== null) this.#clock.cancel(this.#handle)
    this.#handle = null
  }
}
