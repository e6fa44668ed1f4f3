/** What the rest of the studio can do with the run that trains. */
import { type JobId } from '../../contract/jobs'
import { type RunId } from '../../contract/run'

export interface TrainingHandle {
  readonly run: RunId
  readonly job: JobId
  /** Saves a checkpoint, leaves the run paused and ends the job; for closing the project. Settles when that is done. */
  readonly suspend: () => Promise<void>
  /** Settles when the run has ended in whatever way; never rejects. */
  readonly ended: Promise<void>
}
