import { type VariaError } from '../../contract/errors'
import { type EventHub } from '../event-hub'
import { type Job } from '../jobs/jobs'

/** A disk that takes no more pauses a run, which keeps everything in memory until there is room, and everyone hears why. */
export function pauseForDisk({ job, events }: { job: Job; events: EventHub }, failure: VariaError): void {
  const words = `${failure.message} ${failure.remedy}`
  events.emit({ kind: 'saved', failure: words })
  job.pause(words)
}
