/** Trains a recipe on a table, as the closed-form tests do. */
import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../../src-main/compute/backend'
import { Random } from '../../src-main/model/random'
import { buildVae, completeRecipe } from '../../src-main/model/recipe'
import { Trainer } from '../../src-main/model/training'
import type { Vae } from '../../src-main/model/vae'
import { rowsAsPictures, type Table } from './tables'

export interface TableTraining {
  readonly table: Table
  /** Rows of a picture; the rest of a table's columns is its width. */
  readonly height: number
  readonly recipe: Record<string, unknown>
  readonly steps: number
  readonly seed?: number
}

/** The model after `steps` steps, holding its averaged weights; on the best backend that works here. */
export async function trainOnTable({ table, height, recipe, steps, seed = 1 }: TableTraining): Promise<Vae> {
  await activateBackend('auto')
  const shape = { height, width: table.columns / height, channels: 1 }
  const complete = completeRecipe(recipe, shape)
  const vae = buildVae(complete, shape, seed)
  const trainer = new Trainer(vae, { seed, totalSteps: steps })
  const size = Math.min(complete.batch, table.rows)
  const batches = Math.floor(table.rows / size)
  let order: Uint32Array = new Uint32Array()
  while (trainer.stepCount < steps) {
    const within = trainer.stepCount % batches
    if (within === 0) order = Random.for(seed, 'order', trainer.stepCount).permutation(table.rows)
    const batch = rowsAsPictures(table, order.subarray(within * size, (within + 1) * size), height)
    await trainer.step(batch)
    batch.dispose()
  }
  vae.load(await trainer.snapshot())
  trainer.dispose()
  return vae
}

/** A batch over and over, for figures averaged over the posterior's noise. */
export function* repeated(batch: tf.Tensor4D, times: number): Generator<tf.Tensor4D> {
  for (let i = 0; i < times; i++) yield tf.clone(batch)
}
