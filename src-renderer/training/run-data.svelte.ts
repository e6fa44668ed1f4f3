/** A run's curves and pictures, fetched once and then kept up with its events. */
import { type Failure, toFailure } from '../../src-main/contract/errors'
import type { MetricPoint, RunId, RunPictures } from '../../src-main/contract/run'
import { latestWins, superseded } from '../app/latest-wins'
import { session } from '../app/session.svelte'

export class RunData {
  points = $state.raw<readonly MetricPoint[]>([])
  pictures = $state.raw<RunPictures | null>(null)
  failure = $state.raw<Failure | null>(null)

  #run: RunId | null = null
  #askPictures = latestWins((run: RunId) => session.call('run.pictures', { run }))

  /** Follows a run until the returned function is called. What was shown of another run is dropped. */
  follow(run: RunId): () => void {
    this.#run = run
    this.points = []
    this.pictures = null
    this.failure = null
    const stops = [
      session.on('metrics', (told) => {
        if (told.run === this.#run) this.points = joinPoints(this.points, told.points)
      }),
      session.on('pictures', (told) => {
        if (told.run === this.#run) void this.#loadPictures(run)
      }),
    ]
    void this.#loadPoints(run)
    void this.#loadPictures(run)
    return () => {
      for (const stop of stops) stop()
      if (this.#run === run) this.#run = null
    }
  }

  async #loadPoints(run: RunId): Promise<void> {
    try {
      const points = await session.call('run.metrics', { run })
      if (this.#run === run) this.points = joinPoints(points, this.points)
    } catch (error) {
      if (this.#run === run) this.failure = toFailure(error)
    }
  }

  async #loadPictures(run: RunId): Promise<void> {
    try {
      const pictures = await this.#askPictures(run)
      if (pictures !== superseded && pictures !== null && this.#run === run) this.pictures = pictures
    } catch (error) {
      if (this.#run === run) this.failure = toFailure(error)
    }
  }
}

/** Earlier points and later ones in one list by step, each split's step once; the later list's figures hold. */
export function joinPoints(earlier: readonly MetricPoint[], later: readonly MetricPoint[]): MetricPoint[] {
  const first = later[0]
  const last = earlier.at(-1)
  // Nearly always the new points simply follow.
  if (first === undefined || last === undefined || first.step > last.step) return [...earlier, ...later]
  const byPlace = new Map([...earlier, ...later].map((point) => [`${point.split} ${point.step}`, point]))
  return [...byPlace.values()].sort((a, b) => a.step - b.step)
}
