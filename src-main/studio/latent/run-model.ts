/** A run's model as the use cases see it: something that encodes and decodes, wherever its weights are just now. */
import type * as tf from '@tensorflow/tfjs-core'
import { type Priority } from '../../compute/queue'
import { type Recipe } from '../../contract/recipe'
import { type RunId } from '../../contract/run'
import { type PictureShape } from '../../model/pictures'
import { type Vae } from '../../model/vae'

export interface RunModel {
  readonly runId: RunId
  /** The checkpoint whose weights it holds; `live@<step>` while the run trains. */
  readonly checkpoint: string
  readonly recipe: Recipe
  readonly shape: PictureShape
  /** Length of a latent. */
  readonly latent: number
  /** Does work with the model when the device is free. The model must not be kept beyond it. */
  readonly use: <T>(priority: Priority, work: (vae: Vae) => T | Promise<T>, signal?: AbortSignal) => Promise<T>
  /** Keeps the model's weights as they are while work runs that takes its turns at the device by itself. */
  readonly hold: <T>(work: (vae: Vae) => Promise<T>) => Promise<T>
}

/** Whether the recipe gives its latents a prior, so that their scale means something. */
export function hasPrior(recipe: Recipe): boolean {
  return recipe.posterior.kind !== 'deterministic'
}

/** A copy of a tensor's values; the tensor is freed. On some backends `data` hands out memory that it goes on using. */
export async function take(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return Float32Array.from(await tensor.data<'float32'>())
  } finally {
    tensor.dispose()
  }
}
