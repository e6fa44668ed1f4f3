/**
 * The latents of the collection under each run's model: encoded once for a checkpoint, kept in memory and with the
 * project, and shared by whoever asks meanwhile.
 */
import { type Priority } from '../../compute/queue'
import { VariaError } from '../../contract/errors'
import { type RunId } from '../../contract/run'
import { type Project } from '../../project/project'
import { cloudOf, type LatentCloud, type Posteriors } from './cloud'
import { encodeItems } from './encode'
import { type RunModel } from './run-model'
import { type RunModels } from './run-models'
import { type TypicalityGauge, typicalityGauge } from './typicality'

interface Kept {
  readonly cloud: LatentCloud
  gauge: TypicalityGauge | null
}

export interface CloudOptions {
  readonly priority?: Priority
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** Clouds kept in memory. */
const most = 2

export class LatentClouds {
  readonly #project: Project
  readonly #models: RunModels
  readonly #kept = new Map<RunId, Kept>()
  readonly #making = new Map<string, Promise<Kept>>()

  constructor(project: Project, models: RunModels) {
    this.#project = project
    this.#models = models
  }

  /**
   * The cloud of a run: of its live model's latest map while it trains and there is one, else of its checkpoint.
   * @throws VariaError `run-missing`, `checkpoint-missing`, `too-few-items`
   */
  async of(run: RunId, options: CloudOptions = {}): Promise<LatentCloud> {
    return (await this.#find(run, options)).cloud
  }

  /** The gauge of typicality of a run's cloud. */
  async gauge(run: RunId, options: CloudOptions = {}): Promise<TypicalityGauge> {
    const kept = await this.#find(run, options)
    kept.gauge ??= typicalityGauge(kept.cloud)
    return kept.gauge
  }

  /** Whether a cloud of the run's model as it stands is in memory, so that asking for it costs nothing. */
  async ready(run: RunId): Promise<boolean> {
    const kept = this.#kept.get(run)
    return kept !== undefined && this.#fits(kept.cloud, await this.#models.of(run))
  }

  /** Encodes the collection with a run's model as it is now, whatever is kept, and keeps that. */
  async refresh(model: RunModel, options: CloudOptions = {}): Promise<LatentCloud> {
    return (await this.#make(model, options)).cloud
  }

  clear(): void {
    this.#kept.clear()
  }

  async #find(run: RunId, options: CloudOptions): Promise<Kept> {
    const model = await this.#models.of(run)
    const kept = this.#kept.get(run)
    if (kept !== undefined && this.#fits(kept.cloud, model)) return kept
    const key = `${String(run)} ${model.checkpoint}`
    const underWay = this.#making.get(key)
    // Somebody else's cancellation is not ours.
    if (underWay !== undefined) {
      return underWay.catch((error: unknown) => {
        if (error instanceof VariaError && error.code === 'cancelled') return this.#find(run, options)
        throw error
      })
    }
    const making = this.#make(model, options)
    this.#making.set(key, making)
    try {
      return await making
    } finally {
      this.#making.delete(key)
    }
  }

  /** Live latents are good enough until the next refresh: a slider must not wait for the whole collection. */
  #fits(cloud: LatentCloud, model: RunModel): boolean {
    if (cloud.items.length !== this.#project.items.count()) return false
    return cloud.checkpoint === model.checkpoint || this.#models.live(model.runId) !== null
  }

  async #make(model: RunModel, options: CloudOptions): Promise<Kept> {
    const { runId, checkpoint } = model
    const live = this.#models.live(runId) !== null
    const items = Int32Array.from(this.#project.items.ids('all'))
    const stored = live ? null : await this.#project.latents.load(runId, checkpoint)
    const usable = stored !== null && stored.size === model.latent && sameItems(stored.items, items)
    const posteriors = usable ? (stored as Posteriors) : await this.#encode(model, items, options)
    if (!usable && !live && this.#project.readOnly === null) {
      await this.#project.latents.save(runId, checkpoint, posteriors)
    }
    const kept: Kept = { cloud: cloudOf(runId, checkpoint, posteriors), gauge: null }
    this.#kept.delete(runId)
    this.#kept.set(runId, kept)
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= most) break
      this.#kept.delete(old)
    }
    return kept
  }

  #encode(model: RunModel, items: Int32Array, options: CloudOptions): Promise<Posteriors> {
    if (items.length === 0) {
      throw new VariaError({
        code: 'too-few-items',
        message: 'The project has no pictures yet.',
        remedy: 'Import a folder of designs, or one of the samples.',
      })
    }
    return encodeItems(
      model,
      { items, read: (ids) => this.#project.pixels.read(ids) },
      // Not behind training: somebody waits for it. Not before it either: it is long.
      options.priority ?? 'training',
      options.signal,
      (done) => options.onProgress?.(done, items.length),
    )
  }
}

function sameItems(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}
