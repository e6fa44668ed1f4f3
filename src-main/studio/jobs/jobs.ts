/**
 * Jobs: long work that tells how far it is, can be paused where that makes sense, and stops within a second of being
 * cancelled. A job outlives the window that started it; everyone who is connected hears of its progress.
 */
import { randomBytes } from 'node:crypto'
import { cancelled, toFailure, VariaError } from '../../contract/errors'
import { type VariaEvent } from '../../contract/events'
import { type JobId, jobId, type JobKind, type JobProgress } from '../../contract/jobs'
import { TimeLeft } from './time-left'

/** What running work holds: it tells of its progress, and looks whether it shall go on. */
export interface Job {
  readonly id: JobId
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
  readonly isPaused: () => boolean
  /** Tells how far it is. Seconds left are worked out from the rate unless given. */
  readonly progress: (change: Partial<Pick<JobProgress, 'done' | 'total' | 'detail' | 'unit' | 'secondsLeft'>>) => void
  /** Waits while the job is paused. @throws VariaError `cancelled` once it is cancelled. */
  readonly goOn: () => Promise<void>
  /** Pauses the job from inside, as when the disk is full; it goes on when its user resumes it. */
  readonly pause: (detail: string) => void
}

export interface JobOptions<Result> {
  readonly kind: JobKind
  readonly title: string
  readonly unit: string
  readonly total?: number | null
  /** It looks at `goOn` often enough to be paused. Default false. */
  readonly canPause?: boolean
  readonly run: (job: Job) => Promise<Result>
}

export interface StartedJob<Result> {
  readonly id: JobId
  /** Settles when the work ends; rejects with `cancelled` when it was cancelled. */
  readonly result: Promise<Result>
}

interface Entry {
  progress: JobProgress
  readonly abort: AbortController
  readonly timeLeft: TimeLeft
  readonly settled: Promise<void>
  secondsLeftGiven: boolean
  resumed: (() => void)[]
  lastTold: number
  timer: NodeJS.Timeout | null
}

/** Events a second a job sends at most. */
const tellEvery = 200
/** Ended jobs stay listed so that a window that was away learns how they ended. */
const endedKept = 50

const isUnderWay = ({ state }: JobProgress): boolean => state === 'running' || state === 'paused'

function notFound(id: string): VariaError {
  return new VariaError({
    code: 'not-found',
    message: 'That job has ended and is no longer listed.',
    remedy: 'Start it again if it is still wanted.',
    subject: id,
  })
}

export class Jobs {
  readonly #entries = new Map<JobId, Entry>()
  readonly #tell: (event: VariaEvent) => void

  constructor(tell: (event: VariaEvent) => void) {
    this.#tell = tell
  }

  /** Starts work and returns at once. The work itself begins after the current turn of the event loop. */
  start<Result>(options: JobOptions<Result>): StartedJob<Result> {
    const id = jobId.parse(randomBytes(9).toString('base64url'))
    const abort = new AbortController()
    const entry: Entry = {
      progress: {
        id,
        kind: options.kind,
        title: options.title,
        state: 'running',
        done: 0,
        total: options.total ?? null,
        unit: options.unit,
        detail: '',
        secondsLeft: null,
        canPause: options.canPause ?? false,
        failure: null,
      },
      abort,
      timeLeft: new TimeLeft(),
      settled: Promise.resolve(),
      secondsLeftGiven: false,
      resumed: [],
      lastTold: 0,
      timer: null,
    }
    const job = this.#jobOf(entry)
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      if (abort.signal.aborted) throw cancelled(options.title)
      return options.run(job)
    })
    const settled = result.then(
      () => this.#end(entry, 'done', null),
      (error: unknown) => {
        const failure = toFailure(error)
        if (failure.code === 'cancelled') this.#end(entry, 'cancelled', null)
        else this.#end(entry, 'failed', failure)
      },
    )
    this.#entries.set(id, Object.assign(entry, { settled }))
    this.#tellNow(entry)
    return { id, result }
  }

  /** Running and paused jobs first, then those that ended lately, newest first. */
  list(): JobProgress[] {
    const all = [...this.#entries.values()].map((entry) => entry.progress).reverse()
    return [...all.filter(isUnderWay), ...all.filter((job) => !isUnderWay(job))]
  }

  /** Whether a job of that kind runs or is paused. */
  active(kind: JobKind): JobProgress | null {
    return this.list().find((job) => job.kind === kind && isUnderWay(job)) ?? null
  }

  /** @throws VariaError `not-found`, or `not-allowed` for a job that can't be paused. */
  pause(id: JobId): void {
    const entry = this.#alive(id)
    if (!entry.progress.canPause) {
      throw new VariaError({
        code: 'not-allowed',
        message: `${entry.progress.title} can't be paused.`,
        remedy: 'Let it end, or stop it.',
      })
    }
    if (entry.progress.state === 'paused') return
    entry.progress = { ...entry.progress, state: 'paused', secondsLeft: null }
    this.#tellNow(entry)
  }

  resume(id: JobId): void {
    const entry = this.#alive(id)
    if (entry.progress.state !== 'paused') return
    entry.progress = { ...entry.progress, state: 'running' }
    entry.timeLeft.restart()
    this.#wake(entry)
    this.#tellNow(entry)
  }

  /** Asks a job to stop and waits until it has. Cancelling a job that has ended does nothing. */
  async cancel(id: JobId): Promise<void> {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw notFound(id)
    entry.abort.abort()
    this.#wake(entry)
    await entry.settled
  }

  /** Takes a job that has ended off the list; one that is under way stays. */
  forget(id: JobId): void {
    const entry = this.#entries.get(id)
    if (entry !== undefined && !isUnderWay(entry.progress)) this.#entries.delete(id)
  }

  /** Cancels every job of these kinds, or all, and waits for them. */
  async cancelAll(kinds?: readonly JobKind[]): Promise<void> {
    const wanted = [...this.#entries.values()].filter(
      (entry) => isUnderWay(entry.progress) && (kinds === undefined || kinds.includes(entry.progress.kind)),
    )
    await Promise.all(wanted.map((entry) => this.cancel(entry.progress.id)))
  }

  #alive(id: JobId): Entry {
    const entry = this.#entries.get(id)
    if (entry === undefined || !isUnderWay(entry.progress)) throw notFound(id)
    return entry
  }

  #jobOf(entry: Entry): Job {
    return {
      id: entry.progress.id,
      signal: entry.abort.signal,
      isPaused: () => entry.progress.state === 'paused',
      progress: (change) => {
        this.#change(entry, change)
      },
      goOn: async () => {
        for (;;) {
          if (entry.abort.signal.aborted) throw cancelled(entry.progress.title)
          if (entry.progress.state !== 'paused') return
          await new Promise<void>((resolve) => entry.resumed.push(resolve))
        }
      },
      pause: (detail) => {
        if (entry.progress.state !== 'running') return
        entry.progress = { ...entry.progress, state: 'paused', detail, secondsLeft: null }
        this.#tellNow(entry)
      },
    }
  }

  #change(entry: Entry, change: Parameters<Job['progress']>[0]): void {
    if (!isUnderWay(entry.progress)) return
    const next = { ...entry.progress, ...change }
    if (change.secondsLeft !== undefined) entry.secondsLeftGiven = true
    if (!entry.secondsLeftGiven && entry.progress.state === 'running') {
      entry.timeLeft.note(next.done, performance.now())
      next.secondsLeft = entry.timeLeft.secondsLeft(next.total)
    }
    entry.progress = next
    const since = Date.now() - entry.lastTold
    if (since >= tellEvery) this.#tellNow(entry)
    else
      entry.timer ??= setTimeout(() => {
        this.#tellNow(entry)
      }, tellEvery - since).unref()
  }

  #wake(entry: Entry): void {
    const waiting = entry.resumed
    entry.resumed = []
    for (const wake of waiting) wake()
  }

  #tellNow(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer)
    entry.timer = null
    entry.lastTold = Date.now()
    this.#tell({ kind: 'job', job: entry.progress })
  }

  #end(entry: Entry, state: 'done' | 'failed' | 'cancelled', failure: JobProgress['failure']): void {
    const { done, total } = entry.progress
    entry.progress = {
      ...entry.progress,
      state,
      failure,
      secondsLeft: state === 'done' ? 0 : null,
      done: state === 'done' && total !== null ? total : done,
    }
    this.#tellNow(entry)
    const ended = [...this.#entries.values()].filter((one) => !isUnderWay(one.progress))
    for (const old of ended.slice(0, Math.max(0, ended.length - endedKept))) this.#entries.delete(old.progress.id)
  }
}
