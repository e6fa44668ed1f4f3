/** Pictures to latents. */
import { type Priority } from '../../compute/queue'
import { picturesToTensor } from '../../model/pictures'
import { type Vae } from '../../model/vae'
import { type Posteriors } from './cloud'
import { type RunModel, take } from './run-model'

/** Pictures encoded in one go. */
export const encodeBatch = 128

/** The posterior of a batch, [count, latent] each; `logvar` is null for a model that gives points. */
export interface BatchPosterior {
  readonly mu: Float32Array
  readonly logvar: Float32Array | null
}

/** Encodes bytes [count, height, width, channels] with a model in hand; for work that is already in the queue. */
export async function encodeWith(vae: Vae, pixels: Uint8Array): Promise<BatchPosterior> {
  const pictures = picturesToTensor(pixels, vae.shape)
  const { mu, logvar } = vae.encode(pictures)
  pictures.dispose()
  return { mu: await take(mu), logvar: logvar === null ? null : await take(logvar) }
}

/** What encoding a collection needs of it. */
export interface EncodeSource {
  /** Ids of the items, in the order of the rows. */
  readonly items: Int32Array
  readonly read: (ids: Int32Array) => Promise<Uint8Array>
}

/** Encodes items. Batches wait their turn one by one, so that a hand and a training step get in between. */
export function encodeItems(
  model: RunModel,
  source: EncodeSource,
  priority: Priority,
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<Posteriors> {
  // Held, so that all items are encoded with the same weights.
  return model.hold(async (vae) => {
    const mu = new Float32Array(source.items.length * model.latent)
    let logvar: Float32Array | null = null
    for (let start = 0; start < source.items.length; start += encodeBatch) {
      const ids = source.items.subarray(start, start + encodeBatch)
      const pixels = await source.read(ids)
      const part = await model.use(priority, () => encodeWith(vae, pixels), signal)
      mu.set(part.mu, start * model.latent)
      if (part.logvar !== null) {
        logvar ??= new Float32Array(mu.length)
        logvar.set(part.logvar, start * model.latent)
      }
      onProgress?.(start + ids.length)
    }
    return { items: source.items, size: model.latent, mu, logvar }
  })
}
