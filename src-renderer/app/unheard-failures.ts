/**
 * Failures of work that nobody in this window waits for: it failed while no window was connected, or whoever started it here is
 * gone since the connection broke or the page was loaded anew. One window tells each, once.
 */
import { type Failure, fromFailure, type VariaError } from '../../src-main/contract/errors'
import type { JobId, JobProgress } from '../../src-main/contract/jobs'
import type { Session } from './session.svelte'

/** Tells a failure; `missed`: nobody was looking when it happened. */
type Tell = (error: VariaError, missed: boolean) => void

export class UnheardFailures {
  readonly #session: Pick<Session, 'call' | 'epoch' | 'state'>
  readonly #tell: Tell
  /** The connection that was looked through last, and the work that was there when it was made. */
  #looked: { readonly epoch: number; readonly found: ReadonlySet<JobId> } | null = null

  constructor(session: Pick<Session, 'call' | 'epoch' | 'state'>, tell: Tell) {
    this.#session = session
    this.#tell = tell
  }

  /** Tells what failed before this connection was made. Call once for each. */
  async look(): Promise<void> {
    const { epoch } = this.#session
    const jobs = await this.#session.call('jobs.list')
    if (epoch !== this.#session.epoch) return
    this.#looked = { epoch, found: new Set(jobs.map(({ id }) => id)) }
    for (const { id, title, failure } of jobs) {
      if (failure === null) continue
      this.#tell(fromFailure(missed(title, failure)), true)
      this.#forget(id)
    }
  }

  /** Takes in how a job stands. Failures of work that was started here are told by whoever started it. */
  hear({ id, failure }: JobProgress): void {
    const { epoch, state } = this.#session
    // Before it has been looked, the list will hold it.
    if (failure === null || state !== 'ready' || this.#looked?.epoch !== epoch) return
    if (this.#looked.found.has(id)) this.#tell(fromFailure(failure), false)
    this.#forget(id)
  }

  #forget(job: JobId): void {
    // Without a connection the next window tells it once more, which is better than never.
    this.#session.call('jobs.forget', { job }).catch(() => undefined)
  }
}

function missed(title: string, failure: Failure): Failure {
  return { ...failure, message: `${title} failed while you were away. ${failure.message}` }
}
