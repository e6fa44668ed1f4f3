/** What the parent must know of the studio, gathered from the events that everyone hears. */
import { type EngineStatus } from '../contract/engine-control'
import { type VariaEvent } from '../contract/events'
import { type RunId, type RunInfo } from '../contract/run'

export interface FinishedRun {
  readonly name: string
  readonly ended: 'finished' | 'failed'
  readonly detail: string
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} seconds`
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`
  return `${(seconds / 3600).toFixed(1)} hours`
}

function finishedRun(run: RunInfo, ended: 'finished' | 'failed'): FinishedRun {
  const detail =
    ended === 'finished'
      ? `Learned for ${duration(run.seconds)}. The space is ready to walk through.`
      : (run.failure ?? 'It could not go on.')
  return { name: run.name, ended, detail }
}

/** Follows the events of one studio. */
export class StatusWatch {
  #project: EngineStatus['project'] = null
  readonly #training = new Set<RunId>()
  readonly #jobs = new Set<string>()

  /** How things stand now. */
  get status(): EngineStatus {
    return { project: this.#project, training: [...this.#training], jobs: this.#jobs.size }
  }

  /** Takes an event in: says whether the status changed by it, and which run ended by it. */
  hear(event: VariaEvent): { changed: boolean; finished: FinishedRun | null } {
    switch (event.kind) {
      case 'project':
        return { changed: this.#hearProject(event.project), finished: null }
      case 'run':
        return this.#hearRun(event.run)
      case 'job': {
        const { id, kind, state } = event.job
        const underWay = kind !== 'train' && (state === 'running' || state === 'paused')
        if (underWay === this.#jobs.has(id)) return { changed: false, finished: null }
        if (underWay) this.#jobs.add(id)
        else this.#jobs.delete(id)
        return { changed: true, finished: null }
      }
      case 'collection':
      case 'metrics':
      case 'pictures':
      case 'map':
      case 'board':
      case 'device':
      case 'saved':
        return { changed: false, finished: null }
    }
  }

  #hearProject(project: Extract<VariaEvent, { kind: 'project' }>['project']): boolean {
    const before = this.#project
    this.#project =
      project === null
        ? null
        : { id: project.id, name: project.name, place: project.place, readOnly: project.readOnly !== null }
    const same = before?.id === this.#project?.id
    if (!same) {
      this.#training.clear()
      this.#jobs.clear()
    }
    return !same || before?.name !== this.#project?.name || before?.readOnly !== this.#project?.readOnly
  }

  #hearRun(run: RunInfo): { changed: boolean; finished: FinishedRun | null } {
    const was = this.#training.has(run.id)
    const is = run.state === 'training'
    if (was === is) return { changed: false, finished: null }
    if (is) {
      this.#training.add(run.id)
      return { changed: true, finished: null }
    }
    this.#training.delete(run.id)
    const ended = run.state === 'finished' || run.state === 'failed' ? run.state : null
    return { changed: true, finished: ended === null ? null : finishedRun(run, ended) }
  }
}
