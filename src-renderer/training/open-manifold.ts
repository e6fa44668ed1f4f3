/**
 * The manifold opens by itself when the first run has something to see, which is long before it ends; who is doing
 * something else is told instead.
 */
import type { RunInfo } from '../../src-main/contract/run'
import { navigation } from '../app/navigation.svelte'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { trainingView } from './training-view.svelte'
import { worthSeeing } from './worth-seeing'

/** Listens to runs; returns how to stop. */
export function openManifoldWhenLearned(): () => void {
  const live = new Set<number>()
  const seen = new Set<number>()
  /** A hand was at work since the run began. */
  let busy = false
  const onhand = (): void => {
    busy = true
  }
  const hands = ['pointerdown', 'keydown'] as const
  for (const hand of hands) window.addEventListener(hand, onhand, { capture: true })

  const stop = session.on('run', ({ run }) => {
    if (run.state === 'training' && !live.has(run.id)) {
      live.add(run.id)
      busy = false
      // One that goes on has been seen before.
      if (worthSeeing(run)) seen.add(run.id)
    }
    if (!live.has(run.id)) return
    const first = session.runs.length === 1
    const watching = navigation.workspace === 'training' && !trainingView.composing
    if (run.state === 'finished') {
      live.delete(run.id)
      const opens = first && watching
      if (opens) navigation.go('manifold')
      say(`${run.name} has finished learning.`, navigation.workspace !== 'manifold')
    } else if (first && worthSeeing(run) && !seen.has(run.id)) {
      seen.add(run.id)
      if (watching && !busy) navigation.go('manifold')
      else if (navigation.workspace !== 'manifold') say(alreadySeen(run), true)
    }
  })
  return () => {
    stop()
    for (const hand of hands) window.removeEventListener(hand, onhand, { capture: true })
  }
}

const alreadySeen = (run: RunInfo): string => `${run.name} has a space to look at already; it goes on learning.`

function say(words: string, offersManifold: boolean): void {
  const look = { label: 'Look at the manifold', run: () => navigation.go('manifold') }
  toasts.say(words, offersManifold ? look : null, 'good')
}
