/** What the parent must know of the studio, gathered from the events that everyone hears. */
import { type EngineStatus } from '../contract/engine-control'
import { type VariaEvent } from '../contract/events'
import { type JobProgress } from '../contract/jobs'
import { type RunId, type RunInfo } from '../contract/run'

/** Work that ended by itself: a run, or another job that failed. */
export interface Finished {
  readonly name: string
  readonly ended: 'finished' | 'failed'
  readonly detail: string
}

interface Heard {
  readonly changed: boolean
  readonly finished: Finished | null
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} seconds`
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`
  return `${(seconds / 3600).toFixed(1)} hours`
}

function finishedRun(run: RunInfo, ended: 'finished' | 'failed'): Finished {
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

  /** Takes an event in: says whether the status changed by it, and what ended by it that its user should hear of. */
  hear(event: VariaEvent): Heard {
    switch (event.kind) {
      case 'project':
        return { changed: this.#hearProject(event.project), finished: null }
      case 'run':
        return this.#hearRun(event.run)
      case 'job':
        return this.#hearJob(event.job)
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

  #hearJob({ id, kind, title, state, failure }: JobProgress): Heard {
    const underWay = kind !== 'train' && (state === 'running' || state === 'paused')
    if (underWay === this.#jobs.has(id)) return { changed: false, finished: null }
    if (underWay) this.#jobs.add(id)
    else this.#jobs.delete(id)
    const finished: Finished | null =
      failure === null ? null : { name: title, ended: 'failed', detail: `${failure.message} ${failure.remedy}` }
    return { changed: true, finished }
  }

  #hearRun(run: RunInfo): Heard {
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
