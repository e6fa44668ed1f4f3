/** The pictures a run is watched by: originals and their reconstructions, draws from the prior, a traversal. */
import { type ChannelCount, type PictureStack } from '../../contract/binary'
import { type RunPictures } from '../../contract/run'
import { Random } from '../../model/random'
import { type Priority } from '../../compute/queue'
import { decodeLatents } from '../latent/decode'
import { cloudOf } from '../latent/cloud'
import { encodeWith } from '../latent/encode'
import { hasPrior, type RunModel } from '../latent/run-model'

/** Shown beside their reconstructions. */
const shown = 16
const samples = 24
const traversalRows = 8
const traversalColumns = 9
/** Standard deviations at the ends of a traversal's rows. */
const reach = 2

export interface WatchedItems {
  /** A few held-out items, or others where none are held out. */
  readonly ids: Int32Array
  readonly pixels: Uint8Array
}

/** Picks what is watched through a whole run: the same items each time. */
export async function watchedItems(
  candidates: Int32Array,
  seed: number,
  read: (ids: Int32Array) => Promise<Uint8Array>,
): Promise<WatchedItems> {
  const order = Random.for(seed, 'watched').permutation(candidates.length).subarray(0, shown)
  const ids = Int32Array.from(order, (index) => candidates[index] ?? 0)
  return { ids, pixels: await read(ids) }
}

/** Makes the pictures with the model as it is now. `step` is only recorded. */
export async function runPicturesOf(
  model: RunModel,
  step: number,
  watched: WatchedItems,
  priority: Priority,
): Promise<RunPictures> {
  const { latent, shape } = model
  const count = watched.ids.length
  const posterior = await model.use(priority, (vae) => encodeWith(vae, watched.pixels))
  const { klPerDimension } = cloudOf(model.runId, model.checkpoint, { items: watched.ids, size: latent, ...posterior })
  // With a prior, a latent's own scale is 1; without one it is what the pictures make of it.
  const { means, deviations } = hasPrior(model.recipe)
    ? { means: new Float32Array(latent), deviations: new Float32Array(latent).fill(1) }
    : statistics(posterior.mu, latent)
  const activity = klPerDimension ?? deviations.map((deviation) => deviation * deviation)
  const rows = mostActive(activity, Math.min(traversalRows, latent))

  const steps = new Float32Array(rows.length * traversalColumns * latent)
  const base = posterior.mu.subarray(0, latent)
  rows.forEach((dimension, row) => {
    for (let column = 0; column < traversalColumns; column++) {
      const at = (row * traversalColumns + column) * latent
      steps.set(base, at)
      const along = reach * ((2 * column) / (traversalColumns - 1) - 1)
      steps[at + dimension] = (means[dimension] ?? 0) + along * (deviations[dimension] ?? 1)
    }
  })
  const draws = Random.for(1, 'watched samples').normals(samples * latent)
  draws.forEach((value, index) => {
    draws[index] = (means[index % latent] ?? 0) + value * (deviations[index % latent] ?? 1)
  })

  const all = new Float32Array(posterior.mu.length + draws.length + steps.length)
  all.set(posterior.mu)
  all.set(draws, posterior.mu.length)
  all.set(steps, posterior.mu.length + draws.length)
  const decoded = await decodeLatents(model, all, count + samples + rows.length * traversalColumns, priority)
  const originals: PictureStack = {
    count,
    height: shape.height,
    width: shape.width,
    channels: shape.channels as ChannelCount,
    data: Uint8Array.from(watched.pixels),
  }
  return {
    runId: model.runId,
    step,
    originals,
    reconstructions: slice(decoded, 0, count),
    samples: slice(decoded, count, count + samples),
    traversal: slice(decoded, count + samples, decoded.count),
    traversalRows: rows.length,
    klPerDimension: Float32Array.from(activity),
  }
}

function slice(stack: PictureStack, start: number, end: number): PictureStack {
  const record = stack.height * stack.width * stack.channels
  return { ...stack, count: end - start, data: stack.data.slice(start * record, end * record) }
}

function statistics(mu: Float32Array, latent: number): { means: Float32Array; deviations: Float32Array } {
  const count = Math.max(1, mu.length / latent)
  const means = new Float32Array(latent)
  const deviations = new Float32Array(latent)
  for (let i = 0; i < latent; i++) {
    let sum = 0
    let squares = 0
    for (let at = i; at < mu.length; at += latent) {
      sum += mu[at] ?? 0
      squares += (mu[at] ?? 0) ** 2
    }
    means[i] = sum / count
    deviations[i] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  }
  return { means, deviations }
}

function mostActive(activity: Float32Array, wanted: number): number[] {
  return Array.from(activity, (value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, wanted)
    .map(({ index }) => index)
}
