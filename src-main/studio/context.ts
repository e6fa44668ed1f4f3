/** What every use case is given: the studio's parts, and the project that is open. */
import { VariaError } from '../contract/errors'
import { type Device } from './device'
import { type EventHub } from './event-hub'
import { type Grants } from './grants'
import { type Jobs } from './jobs/jobs'
import { type RecentProjects } from './projects/recent-projects'
import { type Session } from './session'
import { type StudioOptions } from './options'

export interface StudioContext {
  readonly options: StudioOptions
  readonly projectsFolder: string
  readonly events: EventHub
  readonly grants: Grants
  readonly jobs: Jobs
  readonly device: Device
  readonly recent: RecentProjects
  /** The open project, or null. Only `projects/` changes it. */
  open: Session | null
}

/** The open project. @throws VariaError `no-project`. */
export function sessionOf(context: StudioContext): Session {
  if (context.open === null) {
    throw new VariaError({
      code: 'no-project',
      message: 'No project is open.',
      remedy: 'Open a project, or make a new one.',
    })
  }
  return context.open
}

/** The open project, to be changed. @throws VariaError `no-project`, or `project-read-only`. */
export function writableSession(context: StudioContext): Session {
  const session = sessionOf(context)
  session.requireWritable()
  return session
}

/** Refuses what must not run beside what runs. @throws VariaError `busy`. */
export function busy(what: string, remedy: string): VariaError {
  return new VariaError({ code: 'busy', message: what, remedy })
}
