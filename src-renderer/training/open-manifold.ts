/** The manifold opens by itself when the first run has something to see, unless its user is doing something else. */
import type { RunInfo } from '../../src-main/contract/run'
import { navigation } from '../app/navigation.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { trainingView } from './training-view.svelte'

/** Listens for runs that end; returns how to stop. */
export function openManifoldWhenLearned(): () => void {
  const live = new Set<number>()
  return session.on('run', ({ run }) => {
    if (run.state === 'training') live.add(run.id)
    if (run.state !== 'finished' || !live.delete(run.id)) return
    const first = session.runs.length === 1
    const watching = navigation.workspace === 'training' && !trainingView.composing
    if (first && watching) navigation.go('manifold')
    sayFinished(run, first && watching)
  })
}

function sayFinished(run: RunInfo, opened: boolean): void {
  const action = { label: 'Look at the manifold', run: () => navigation.go('manifold') }
  toasts.say(`${run.name} has finished learning.`, opened ? null : action, 'good')
}
