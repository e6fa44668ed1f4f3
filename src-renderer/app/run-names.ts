/** What runs are called in the window. */
import type { RunInfo, RunState } from '../../src-main/contract/run'

const states: Record<RunState, string> = {
  waiting: 'about to start',
  training: 'learning',
  paused: 'paused',
  interrupted: 'interrupted',
  stopped: 'stopped early',
  finished: 'finished',
  failed: 'failed',
}

export function runStateWord(state: RunState): string {
  return states[state]
}

/** True while its figures still change. */
export function isLive(run: RunInfo): boolean {
  return run.state === 'training' || run.state === 'waiting'
}

/** True for a run that can learn on from its last checkpoint. */
export function canContinue(run: RunInfo): boolean {
  return run.checkpoint !== null && !isLive(run) && run.state !== 'paused'
}
