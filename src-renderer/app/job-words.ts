/** What a job says of itself on one line. */
import type { JobProgress } from '../../src-main/contract/jobs'
import { count, duration } from './format'

/** "Learning · epoch 41 · 3 min left", "Importing · 1,240 of 7,447 pictures · 20 s left". */
export function jobWords(job: JobProgress): string {
  const parts = [job.title]
  // Training tells its epoch; of other work the count says more than the file it is at.
  if (job.detail !== '' && (job.kind === 'train' || job.unit === '' || job.state === 'paused')) parts.push(job.detail)
  else if (job.unit === '%') parts.push(`${count(Math.round(job.done))} %`)
  else if (job.total !== null && job.unit !== '') parts.push(`${count(job.done)} of ${count(job.total)} ${job.unit}`)
  else if (job.unit !== '' && job.done > 0) parts.push(`${count(job.done)} ${job.unit}`)
  if (job.state === 'paused') parts.push('paused')
  else if (job.secondsLeft !== null) parts.push(`${duration(job.secondsLeft)} left`)
  return parts.join(' · ')
}
