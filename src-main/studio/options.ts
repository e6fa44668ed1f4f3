/** What a studio is made with. */
import { type BackendName } from '../contract/backend'
import { type Disk } from '../project/disk'

export interface StudioOptions {
  /** Where Varia keeps what belongs to no project: the list of recent projects. Made if missing. */
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
  /** The file system that projects lie on; the machine's own unless given. For tests that make it fail. */
  readonly disk?: Disk
  /** Hears of what its user needn't see: faults that were survived, timings. */
  readonly log?: (line: string) => void
}
