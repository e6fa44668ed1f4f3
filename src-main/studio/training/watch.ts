/**
 * What makes a training run worth looking at: fresh pictures every few seconds, and a map that moves. After the first
 * pictures they are made as long as somebody looks, since a tenth of the device's time goes into them.
 */
import { type EventHub } from '../event-hub'
import { type RunModel } from '../latent/run-model'
import { type Session } from '../session'
import { runPicturesOf, type WatchedItems } from './live-pictures'

export interface WatchOptions {
  readonly session: Session
  readonly events: EventHub
}

const refreshSeconds = 1
const firstPicturesSeconds = 1
const picturesSeconds = 4
const firstMapSeconds = 6
const mapSeconds = 12
/** Watching takes no more than this share of the time. */
const picturesShare = 0.04
const mapShare = 0.05

export class Watch {
  readonly #options: WatchOptions
  readonly #model: RunModel
  readonly #items: WatchedItems
  #hasBegun = false
  #nextRefresh = 0
  #nextPictures: number
  #nextMap: number

  constructor(options: WatchOptions, model: RunModel, items: WatchedItems) {
    this.#options = options
    this.#model = model
    this.#items = items
    const now = performance.now()
    this.#nextPictures = now + firstPicturesSeconds * 1000
    this.#nextMap = now + firstMapSeconds * 1000
  }

  /** Does what is due. `refresh` brings the model's weights up to date. */
  async afterStep(step: number, refresh: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const now = performance.now()
    const { isLookedAt } = this.#options.session.models
    const pictures = now >= this.#nextPictures && (isLookedAt || !this.#hasBegun)
    const map = now >= this.#nextMap && isLookedAt
    if (!pictures && !map && now < this.#nextRefresh) return
    await refresh()
    this.#nextRefresh = performance.now() + refreshSeconds * 1000
    if (pictures && !signal.aborted) {
      this.#hasBegun = true
      const seconds = await this.#pictures(step)
      this.#nextPictures = performance.now() + Math.max(picturesSeconds, seconds / picturesShare) * 1000
    }
    if (map && !signal.aborted) {
      const seconds = await this.#map(signal)
      this.#nextMap = performance.now() + Math.max(mapSeconds, seconds / mapShare) * 1000
    }
  }

  /** The pictures of the run as it ended. */
  async last(step: number, refresh: () => Promise<void>): Promise<void> {
    await refresh()
    await this.#pictures(step)
  }

  async #pictures(step: number): Promise<number> {
    const { session, events } = this.#options
    const began = performance.now()
    session.pictures.set(this.#model.runId, await runPicturesOf(this.#model, step, this.#items, 'training'))
    events.emit({ kind: 'pictures', run: this.#model.runId, step })
    return (performance.now() - began) / 1000
  }

  async #map(signal: AbortSignal): Promise<number> {
    const { session, events } = this.#options
    const began = performance.now()
    try {
      await session.clouds.refresh(this.#model, { signal })
      events.emit({ kind: 'map', run: this.#model.runId, method: 'pca', live: true })
    } catch (error) {
      if (!signal.aborted) throw error
    }
    return (performance.now() - began) / 1000
  }
}
