/** Learning that the engine begins after an import: the window goes where one can watch, or says why there is none. */
import { fromFailure } from '../../src-main/contract/errors'
import { navigation } from '../app/navigation.svelte'
import { session } from '../app/session.svelte'
import { trainingView } from '../training/training-view.svelte'
import { toasts } from '../ui/toasts.svelte'
import { draft } from './import-draft.svelte'

/** Listens until the returned function is called. Who has gone elsewhere meanwhile is left there. */
export function followLearning(): () => void {
  const followed = new Set<number>()
  const stops = [
    session.on('run', ({ run }) => {
      if (run.state !== 'training' || run.step > 0 || followed.has(run.id)) return
      followed.add(run.id)
      if (session.runs.length !== 1 || navigation.workspace !== 'collection' || draft.source !== null) return
      trainingView.show(run.id)
      navigation.go('training')
    }),
    session.on('job', ({ job }) => {
      if (job.kind === 'train' && job.failure !== null) toasts.fail(fromFailure(job.failure))
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
