/** The camera in time: put somewhere by a hand, in flight to another view, or gliding on after a fling. */
import { type Camera, home, orbit, type Viewport } from '../camera'
import { between, glide } from '../flight'
import type { Speed } from '../trail'

/** Milliseconds that a flight takes. */
const flightTime = 420
/** A frame that comes later than this is taken for one that came now: a glide never jumps after a pause. */
const longestStep = 64

interface Flight {
  readonly from: Camera
  readonly to: Camera
  readonly start: number
}

interface Glide {
  readonly speed: Speed
  readonly at: number
}

export class CameraMotion {
  #camera: Camera = home
  #flight: Flight | null = null
  #glide: Glide | null = null

  get camera(): Camera {
    return this.#camera
  }

  /** Where it is, or where it is flying to. */
  get goal(): Camera {
    return this.#flight?.to ?? this.#camera
  }

  /** True while it moves by itself. */
  get moving(): boolean {
    return this.#flight !== null || this.#glide !== null
  }

  /** Puts it somewhere at once; what it was doing ends. */
  set(camera: Camera): void {
    this.rest()
    this.#camera = camera
  }

  fly(to: Camera, now: number): void {
    this.#glide = null
    this.#flight = { from: this.#camera, to, start: now }
  }

  /** Lets it turn on at the speed, in pixels a millisecond, at which a hand let go of it. */
  fling(speed: Speed, now: number): void {
    this.#flight = null
    this.#glide = speed.x === 0 && speed.y === 0 ? null : { speed, at: now }
  }

  /** A hand takes hold of it: what it was doing by itself ends where it is. */
  rest(): void {
    this.#flight = null
    this.#glide = null
  }

  /** Moves it to where it is `now`; true when it moved. */
  advance(now: number, viewport: Viewport): boolean {
    if (this.#flight !== null) {
      const share = (now - this.#flight.start) / flightTime
      const { from, to } = this.#flight
      this.#camera = share < 1 ? between(from, to, share) : to
      if (share >= 1) this.#flight = null
      return true
    }
    if (this.#glide === null) return false
    const { speed, at } = this.#glide
    const passed = Math.min(longestStep, Math.max(0, now - at))
    this.#camera = orbit(this.#camera, speed.x * passed, speed.y * passed, viewport)
    const left = { x: glide(speed.x, passed), y: glide(speed.y, passed) }
    this.#glide = left.x === 0 && left.y === 0 ? null : { speed: left, at: now }
    return true
  }
}
