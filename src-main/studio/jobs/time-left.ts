/**
 * How long work will still take, judged by how fast it went lately. The rate is the median of the slopes over quarters of
 * a window, so that one stall (a slow file, a sleeping disk) doesn't throw the figure about, while what recurs within a
 * quarter (validation, checkpoints) is counted in.
 */
interface Sample {
  readonly at: number
  readonly done: number
}

const shortestWindow = 8_000
const shareOfElapsed = 0.25
const most = 256

export class TimeLeft {
  #samples: Sample[] = []
  #startedAt: number | null = null

  /** Notes that `done` units are done at `now`, in milliseconds of any clock that only goes forward. */
  note(done: number, now: number): void {
    this.#startedAt ??= now
    const last = this.#samples.at(-1)
    if (last !== undefined && done < last.done) this.#samples = []
    if (last === undefined || now - last.at >= 50) this.#samples.push({ at: now, done })
    const window = Math.max(shortestWindow, (now - this.#startedAt) * shareOfElapsed)
    const first = this.#samples.findIndex((sample) => now - sample.at <= window)
    if (first > 0) this.#samples.splice(0, first)
    if (this.#samples.length > most) this.#samples = this.#samples.filter((_, index) => index % 2 === 0)
  }

  /** Forgets the rate, as after a pause: the time that passed meanwhile says nothing. */
  restart(): void {
    this.#samples = []
    this.#startedAt = null
  }

  /** Units a second; null while there is nothing to judge by. */
  rate(): number | null {
    const samples = this.#samples
    if (samples.length < 2) return null
    const span = Math.max(1, Math.floor(samples.length / 4))
    const slopes: number[] = []
    for (let index = 0; index + span < samples.length; index++) {
      const older = samples[index]
      const newer = samples[index + span]
      if (older === undefined || newer === undefined || newer.at <= older.at) continue
      slopes.push((newer.done - older.done) / ((newer.at - older.at) / 1000))
    }
    slopes.sort((a, b) => a - b)
    const middle = slopes[Math.floor(slopes.length / 2)]
    return middle === undefined || middle <= 0 ? null : middle
  }

  /** Seconds until `total` units are done; null while that can't be known. */
  secondsLeft(total: number | null): number | null {
    const rate = this.rate()
    const done = this.#samples.at(-1)?.done
    if (total === null || rate === null || done === undefined) return null
    return Math.max(0, total - done) / rate
  }
}
