/** What the terminal shows: progress and notes on stderr, results on stdout. */
import { type Failure } from '../contract/errors'
import { type JobProgress } from '../contract/jobs'

export interface TerminalStreams {
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
}

/** Milliseconds between lines where lines can't be rewritten. */
const lineEvery = 5000

export class Terminal {
  readonly #streams: TerminalStreams
  readonly #json: boolean
  readonly #quiet: boolean
  #answered = false
  #shown = false
  #lastLine = 0
  #lastText = ''

  constructor(streams: TerminalStreams, options: { json: boolean; quiet: boolean }) {
    this.#streams = streams
    this.#json = options.json
    this.#quiet = options.quiet
  }

  /** The result of a command: one JSON object, or lines for people. */
  result(object: Readonly<Record<string, unknown>>, lines: readonly string[]): void {
    this.#clear()
    this.#answered = true
    this.#streams.out.write(this.#json ? `${JSON.stringify(object, plainNumbers)}\n` : `${lines.join('\n')}\n`)
  }

  /** Something to know, on stderr. */
  note(line: string): void {
    if (this.#quiet) return
    this.#clear()
    this.#streams.err.write(`${line}\n`)
  }

  /**
   * What went wrong, on stderr, whatever was asked for. With JSON it is also the one object on stdout, unless the result is
   * there already.
   */
  failure(failure: Failure): void {
    const { message, remedy } = failure
    this.#clear()
    this.#streams.err.write(`${message}\n${remedy === '' ? '' : `${remedy}\n`}`)
    if (this.#json && !this.#answered) this.#streams.out.write(`${JSON.stringify({ error: failure })}\n`)
    this.#answered = true
  }

  /** How far a job is. */
  progress(job: JobProgress): void {
    if (this.#quiet) return
    const text = progressLine(job)
    if (this.#streams.err.isTTY === true) {
      this.#streams.err.write(`\r${text.slice(0, (this.#streams.err.columns ?? 80) - 1)}\u001b[K`)
      this.#shown = true
      return
    }
    const now = Date.now()
    if (now - this.#lastLine < lineEvery || text === this.#lastText) return
    this.#lastLine = now
    this.#lastText = text
    this.#streams.err.write(`${text}\n`)
  }

  #clear(): void {
    if (!this.#shown) return
    this.#shown = false
    this.#streams.err.write('\r\u001b[K')
  }
}

/** Typed arrays as lists; what JSON has no number for as null. */
function plainNumbers(_key: string, value: unknown): unknown {
  if (value instanceof Float32Array || value instanceof Int32Array) return Array.from(value)
  return value
}

/** `Importing icons  3,210 of 7,447 pictures  1 min 20 s left  star.svg` */
export function progressLine(job: JobProgress): string {
  const parts = [job.title]
  const done = numberText(job.done)
  if (job.total !== null) {
    const figures = job.unit === '%' ? `${done} %` : `${done} of ${numberText(job.total)} ${job.unit}`
    parts.push(figures)
  } else if (job.done > 0) parts.push(`${done} ${job.unit}`)
  if (job.secondsLeft !== null && job.state === 'running') parts.push(`${durationText(job.secondsLeft)} left`)
  if (job.detail !== '') parts.push(job.detail)
  return parts.join('  ')
}

function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 && !Number.isInteger(value) ? 1 : 0 })
}

/** `45 s`, `3 min 20 s`, `2 h 5 min` */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${String(whole)} s`
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`
}
