/**
 * The model that others see while a run trains: a second set of weights, the moving average as of the last refresh.
 * Steps go on beside it, so that a slider, a validation or a map is worked out with weights that hold still.
 */
import * as tf from '@tensorflow/tfjs-core'
import { type DeviceQueue } from '../../compute/queue'
import { type RunInfo } from '../../contract/run'
import { type PictureShape } from '../../model/pictures'
import { buildVae } from '../../model/recipe'
import { type Trainer } from '../../model/training'
import { type Vae } from '../../model/vae'
import { type RunModel } from '../latent/run-model'

export class LiveModel {
  readonly vae: Vae
  readonly model: RunModel
  readonly #queue: DeviceQueue
  #step = 0
  #users = 0
  #closed = false

  /** Call it within the device's queue: it makes tensors. */
  constructor(run: RunInfo, shape: PictureShape, queue: DeviceQueue) {
    this.#queue = queue
    this.vae = buildVae(run.recipe, shape, run.seed)
    const checkpoint = (): string => `live@${String(this.#step)}`
    this.model = {
      runId: run.id,
      get checkpoint() {
        return checkpoint()
      },
      recipe: run.recipe,
      shape,
      latent: this.vae.latent,
      use: (priority, work, signal) => this.#keep(() => queue.run(priority, () => work(this.vae), signal)),
      hold: (work) => this.#keep(() => work(this.vae)),
    }
  }

  /** Takes over the averaged weights of a trainer, and the statistics of its normalisation. They are shared, not copied, so that it costs next to nothing. */
  refresh(trainer: Trainer): Promise<void> {
    return this.#queue.run('training', () =>
      trainer.withAveragedWeights(() => {
        this.vae.parameters.assign(tf.clone(trainer.vae.parameters.flat))
        if (this.vae.statistics.count > 0) this.vae.statistics.assign(tf.clone(trainer.vae.statistics.flat))
        this.vae.logSigma = trainer.vae.logSigma
        this.#step = trainer.stepCount
      }),
    )
  }

  /** Frees the weights once nobody uses them any more. */
  close(): void {
    this.#closed = true
    if (this.#users === 0) this.vae.dispose()
  }

  async #keep<T>(work: () => Promise<T>): Promise<T> {
    this.#users++
    try {
      return await work()
    } finally {
      this.#users--
      if (this.#closed && this.#users === 0) this.vae.dispose()
    }
  }
}
