/**
 * The models of the open project. A run that is training answers with its live averaged weights, so that what a hand
 * bends is what was learned up to now; any other run with its best checkpoint where its recipe keeps one, else its
 * latest. Loaded models are kept while they are likely to be asked for again.
 */
import { type DeviceQueue } from '../../compute/queue'
import { type RunId, type RunInfo } from '../../contract/run'
import { buildVae } from '../../model/recipe'
import { type Vae } from '../../model/vae'
import { type Project } from '../../project/project'
import { shapeOf } from '../collection/shape-of'
import { readState } from '../training/checkpoint-state'
import { type RunModel } from './run-model'

interface Loaded {
  readonly model: RunModel
  readonly vae: Vae
  users: number
  evicted: boolean
}

/** Models kept in memory besides the one that trains. */
const kept = 2
/** Someone who asked about the model that trains is taken to look on for so long: maps come minutes apart. */
const attentionSeconds = 120

export interface RunModelsOptions {
  readonly project: Project
  readonly queue: DeviceQueue
  /** Makes sure that a backend is active. */
  readonly ready: () => Promise<unknown>
  readonly log: (line: string) => void
}

export class RunModels {
  readonly #options: RunModelsOptions
  readonly #loaded = new Map<RunId, Promise<Loaded>>()
  #live: RunModel | null = null
  /** When the model that trains was last asked for, in milliseconds. */
  #askedAt = -Infinity

  constructor(options: RunModelsOptions) {
    this.#options = options
  }

  /** Told by the training loop which model trains now; null when it ends. */
  setLive(model: RunModel | null): void {
    this.#live = model
  }

  /** The model that trains, if it is this run's. Asking for it is looking at it. */
  live(run: RunId): RunModel | null {
    if (this.#live?.runId !== run) return null
    this.#askedAt = performance.now()
    return this.#live
  }

  /** Whether anybody looks at the model that trains: what nobody sees need not be made. */
  get isLookedAt(): boolean {
    return performance.now() - this.#askedAt < 1000 * attentionSeconds
  }

  /**
   * The model of a run.
   * @throws VariaError `run-missing`, `checkpoint-missing`, `checkpoint-damaged`
   */
  async of(run: RunId): Promise<RunModel> {
    const live = this.live(run)
    if (live !== null) return live
    const wanted = this.#options.project.runs.get(run).checkpoint?.id
    const known = this.#loaded.get(run)
    if (known !== undefined) {
      const loaded = await known.catch(() => null)
      if (loaded !== null && loaded.model.checkpoint === wanted && !loaded.evicted) {
        // The most recently used stands last.
        this.#loaded.delete(run)
        this.#loaded.set(run, known)
        return loaded.model
      }
    }
    const loading = this.#load(this.#options.project.runs.get(run))
    this.#loaded.set(run, loading)
    loading.catch(() => {
      if (this.#loaded.get(run) === loading) this.#loaded.delete(run)
    })
    if (known !== undefined) this.#evict(known)
    for (const [id, old] of this.#loaded) {
      if (this.#loaded.size <= kept) break
      this.#loaded.delete(id)
      this.#evict(old)
    }
    return (await loading).model
  }

  /** Frees every model; for closing the project or changing the backend. */
  async clear(): Promise<void> {
    const all = [...this.#loaded.values()]
    this.#loaded.clear()
    for (const old of all) this.#evict(old)
    await this.#options.queue.run('interactive', () => undefined)
  }

  async #load(run: RunInfo): Promise<Loaded> {
    const { project, queue, ready, log } = this.#options
    const [{ info, state, passedOver }] = await Promise.all([
      project.checkpoints.load(run.id, run.recipe.keepBest ? 'best' : 'latest'),
      ready(),
    ])
    for (const damaged of passedOver) log(damaged.message)
    const shape = shapeOf(project)
    const vae = await queue.run('interactive', () => {
      const made = buildVae(run.recipe, shape, run.seed)
      try {
        made.load(readState(state).trainer, 'average')
        return made
      } catch (error) {
        made.dispose()
        throw error
      }
    })
    const loaded: Loaded = {
      vae,
      users: 0,
      evicted: false,
      model: {
        runId: run.id,
        checkpoint: info.id,
        recipe: run.recipe,
        shape,
        latent: vae.latent,
        use: (priority, work, signal) =>
          this.#keep(loaded, (vae) => this.#options.queue.run(priority, () => work(vae), signal)),
        hold: (work) => this.#keep(loaded, work),
      },
    }
    return loaded
  }

  /** Runs work with a model that stays in memory meanwhile; one that was put away is loaded again. */
  async #keep<T>(loaded: Loaded, work: (vae: Vae) => Promise<T>): Promise<T> {
    if (loaded.evicted) return (await this.of(loaded.model.runId)).hold(work)
    loaded.users++
    try {
      return await work(loaded.vae)
    } finally {
      loaded.users--
      if (loaded.evicted && loaded.users === 0) loaded.vae.dispose()
    }
  }

  #evict(loading: Promise<Loaded>): void {
    loading.then(
      (loaded) => {
        if (loaded.evicted) return
        loaded.evicted = true
        if (loaded.users === 0) loaded.vae.dispose()
      },
      () => undefined,
    )
  }
}
