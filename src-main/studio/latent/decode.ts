/** Latents to pictures. */
import * as tf from '@tensorflow/tfjs-core'
import { type Priority } from '../../compute/queue'
import { type ChannelCount, type PictureStack } from '../../contract/binary'
import { VariaError } from '../../contract/errors'
import { tensorToPictures } from '../../model/pictures'
import { type Vae } from '../../model/vae'
import { type RunModel } from './run-model'

/** Pictures decoded in one go: short enough for a hand not to wait behind them, large enough for the device. */
const decodeBatch = 64

/**
 * Refuses latents that a model can't take.
 * @throws VariaError `latent-size` for the wrong length, `latents-damaged` for numbers that are none.
 */
export function checkLatents(latents: Float32Array, count: number, model: RunModel): void {
  if (latents.length !== count * model.latent) {
    const each = count > 0 ? latents.length / count : latents.length
    throw new VariaError({
      code: 'latent-size',
      message: `The run's latents have ${String(model.latent)} numbers each; these have ${String(each)}.`,
      remedy: 'Choose the run that they were made with.',
    })
  }
  if (!latents.every(Number.isFinite)) {
    throw new VariaError({
      code: 'latents-damaged',
      message: 'A latent holds something that is not a finite number.',
      remedy: 'Correct or leave out that latent.',
    })
  }
}

/** Decodes [count, latent] numbers into [count] mean pictures. */
export async function decodeLatents(
  model: RunModel,
  latents: Float32Array,
  count: number,
  priority: Priority,
  signal?: AbortSignal,
): Promise<PictureStack> {
  checkLatents(latents, count, model)
  const { height, width } = model.shape
  const channels = model.shape.channels as ChannelCount
  const record = height * width * channels
  const data = new Uint8Array(count * record)
  for (let start = 0; start < count; start += decodeBatch) {
    const end = Math.min(count, start + decodeBatch)
    const part = latents.subarray(start * model.latent, end * model.latent)
    const pixels = await model.use(priority, (vae) => decodeWith(vae, part, end - start), signal)
    data.set(pixels, start * record)
  }
  return { count, width, height, channels, data }
}

/** Decodes one batch with a model in hand; for work that is already in the queue. */
export async function decodeWith(vae: Vae, latents: Float32Array, count: number): Promise<Uint8Array> {
  const pictures = tf.tidy(() => vae.decode(tf.tensor2d(latents, [count, vae.latent])))
  try {
    return await tensorToPictures(pictures)
  } finally {
    pictures.dispose()
  }
}
