import { type JobId } from '../../src-main/contract/jobs'
import { type Studio } from '../../src-main/studio/studio'

/** Waits for a job's end; throws what it failed with. */
export function finished(studio: Studio, id: JobId): Promise<void> {
  return new Promise((resolve, reject) => {
    const judge = ({ id: told, state, failure }: { id: string; state: string; failure: unknown }): void => {
      if (told !== id || state === 'running' || state === 'paused') return
      stop()
      if (state === 'done') resolve()
      else reject(new Error(`the job ended as ${state}: ${JSON.stringify(failure)}`))
    }
    const stop = studio.subscribe((event) => {
      if (event.kind === 'job') judge(event.job)
    })
    // It may have ended before anyone listened.
    void studio.handlers['jobs.list'](undefined, { signal: new AbortController().signal }).then((jobs) => {
      jobs.forEach(judge)
    })
  })
}
