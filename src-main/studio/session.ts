/** The open project, with what is kept in memory of it: models, latents of the collection, live training pictures. */
import { type DeviceQueue } from '../compute/queue'
import { VariaError } from '../contract/errors'
import { type LatentMap } from '../contract/map'
import { type ProjectInfo } from '../contract/project'
import { type RunId, type RunPictures } from '../contract/run'
import { type Project } from '../project/project'
import { projectIdOf } from './projects/recent-projects'
import { type StartedJob } from './jobs/jobs'
import { LatentClouds } from './latent/latent-clouds'
import { RunModels } from './latent/run-models'
import { type TrainingHandle } from './training/training-handle'

export interface SessionOptions {
  readonly project: Project
  readonly queue: DeviceQueue
  /** Makes sure that a backend is active. */
  readonly ready: () => Promise<unknown>
  readonly log: (line: string) => void
}

export class Session {
  readonly project: Project
  readonly models: RunModels
  readonly clouds: LatentClouds
  /** The last pictures of each run that trained since the project was opened. */
  readonly pictures = new Map<RunId, RunPictures>()
  /** Maps of models that still train, which are not saved: by run and method. */
  readonly liveMaps = new Map<string, LatentMap>()
  /** Map jobs under way, by run and method. */
  readonly mapping = new Map<string, StartedJob<LatentMap>>()
  /** The run that trains now. */
  training: TrainingHandle | null = null

  constructor(options: SessionOptions) {
    this.project = options.project
    this.models = new RunModels(options)
    this.clouds = new LatentClouds(options.project, this.models)
  }

  info(): ProjectInfo {
    return { ...this.project.info(), id: projectIdOf(this.project.folder) }
  }

  /** @throws VariaError `project-read-only` */
  requireWritable(): void {
    const { readOnly, folder } = this.project
    if (readOnly === null) return
    throw new VariaError({
      code: 'project-read-only',
      message: `This project can't be changed: it is ${readOnly}.`,
      remedy: 'Open it for writing, or copy it to a place you can write to and open the copy.',
      subject: folder,
    })
  }

  /** Framed pictures of items, in the order asked for. */
  read(ids: ArrayLike<number>): Promise<Uint8Array> {
    return this.project.pixels.read(ids)
  }

  /** Frees what computes; the project itself is closed by whoever opened it. */
  async dispose(): Promise<void> {
    this.clouds.clear()
    await this.models.clear()
  }
}
