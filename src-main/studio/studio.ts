/**
 * The studio: every use case of Varia behind the contract's `Handlers`. Doors (engine, server, cli) make one, hand its
 * handlers to `serve` of contract/rpc, and close it when they end. One project is open at a time.
 */
import { type BackendName } from '../contract/backend'
import { VariaError } from '../contract/errors'
import { type VariaEvent } from '../contract/events'
import { type Handlers } from '../contract/procedures'
import { Grants } from './grants'

export interface StudioOptions {
  /** Where Varia keeps what belongs to no project: the list of recent projects, the device's measured speed. Made if missing. */
  readonly dataFolder: string
  /** Where `project.create` puts projects that name no folder. `dataFolder/projects` unless given. */
  readonly projectsFolder?: string
  readonly door: 'desktop' | 'server' | 'cli'
  /** Varia's version, recorded with runs and checkpoints. */
  readonly version: string
  /** The backend to start with; `auto` (the best that works) unless given. */
  readonly backend?: BackendName | 'auto'
  /** Seconds between checkpoints of a training run; 30 unless given. */
  readonly checkpointSeconds?: number
  /** Hears of what its user needn't see: faults that were survived, timings. */
  readonly log?: (line: string) => void
}

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
export function createStudio(_options: StudioOptions): Promise<Studio> {
  throw new VariaError({ code: 'internal', message: 'Not there yet.', remedy: '' })
}
