/**
 * The studio: every use case of Varia behind the contract's `Handlers`. Doors (engine, server, cli) make one, hand its
 * handlers to `serve` of contract/rpc, and close it when they end. One project is open at a time.
 */
import { join } from 'node:path'
import { type VariaEvent } from '../contract/events'
import { type Handlers } from '../contract/procedures'
import { realDisk } from '../project/disk'
import { appHandlers } from './app-handlers'
import { boardHandlers } from './board/board-handlers'
import { collectionHandlers } from './collection/collection-handlers'
import { type StudioContext } from './context'
import { Device } from './device'
import { EventHub } from './event-hub'
import { exportHandlers } from './export/export-handlers'
import { Grants } from './grants'
import { Jobs } from './jobs/jobs'
import { latentHandlers } from './latent/latent-handlers'
import { mapHandlers } from './map/map-handlers'
import { type StudioOptions } from './options'
import { closeProject, projectHandlers } from './projects/project-handlers'
import { MeasuredSpeed } from './measured-speed'
import { RecentProjects } from './projects/recent-projects'
import { runHandlers } from './training/run-handlers'

export type { StudioOptions } from './options'

export interface Studio {
  readonly handlers: Handlers
  /** Registers a listener for all events; returns how to stop. */
  readonly subscribe: (listener: (event: VariaEvent) => void) => () => void
  readonly grants: Grants
  /**
   * Ends politely: a training run is paused with a checkpoint, other jobs are cancelled, the project is closed.
   * Safe to call twice.
   */
  readonly close: () => Promise<void>
}

/**
 * Makes a studio with nothing open. The backend is chosen when it is first needed, so that a door starts at once.
 * @throws VariaError `disk-error` when `dataFolder` can't be made.
 */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  await realDisk.makeFolder(options.dataFolder)
  const events = new EventHub()
  const context: StudioContext = {
    options,
    projectsFolder: options.projectsFolder ?? join(options.dataFolder, 'projects'),
    events,
    grants: new Grants(),
    jobs: new Jobs((event) => {
      events.emit(event)
    }),
    device: new Device(options.backend ?? 'auto', events, new MeasuredSpeed(options.dataFolder)),
    recent: new RecentProjects(options.dataFolder),
    open: null,
  }
  let closing: Promise<void> | null = null
  return {
    handlers: {
      ...appHandlers(context),
      ...projectHandlers(context),
      ...collectionHandlers(context),
      ...runHandlers(context),
      ...mapHandlers(context),
      ...latentHandlers(context),
      ...boardHandlers(context),
      ...exportHandlers(context),
    },
    subscribe: events.subscribe,
    grants: context.grants,
    close: () => {
      closing ??= closeProject(context).then(() => context.jobs.cancelAll())
      return closing
    },
  }
}
