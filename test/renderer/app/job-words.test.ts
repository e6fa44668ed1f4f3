import { describe, expect, it } from 'vitest'
import { jobId, type JobProgress } from '../../../src-main/contract/jobs'
import { jobWords } from '../../../src-renderer/app/job-words'

const job: JobProgress = {
  id: jobId.parse('import-1'),
  kind: 'import',
  title: 'Importing',
  state: 'running',
  done: 1240,
  total: 7447,
  unit: 'pictures',
  detail: '',
  secondsLeft: 20,
  canPause: false,
  failure: null,
}

describe('jobWords', () => {
  it('says what, how far and how long still', () => {
    expect(jobWords(job)).toBe('Importing · 1,240 of 7,447 pictures · 20 s left')
  })
  it('gives a share as it is, not as so much of a hundred', () => {
    expect(jobWords({ ...job, kind: 'map', title: 'Mapping', unit: '%', done: 12.4, total: 100, secondsLeft: 3 })).toBe(
      'Mapping · 12 % · 3 s left',
    )
  })
  it('lets training say where it stands', () => {
    expect(jobWords({ ...job, kind: 'train', title: 'Learning', detail: 'epoch 41 of 60', secondsLeft: 180 })).toBe(
      'Learning · epoch 41 of 60 · 3 min left',
    )
  })
  it('gives no time left while paused or unknown', () => {
    expect(jobWords({ ...job, state: 'paused' })).toBe('Importing · 1,240 of 7,447 pictures · paused')
    expect(jobWords({ ...job, total: null, secondsLeft: null })).toBe('Importing · 1,240 pictures')
  })
})
