/**
 * Which pictures each step trains on. The permutations of all epochs, joined end to end, are cut into batches of one
 * size: every item comes once an epoch, no remainder is dropped, and a step's batch follows from the seed and the step
 * alone, so that a resumed run sees what an uninterrupted one would have.
 */
import { type Augmentation } from '../../contract/augmentation'
import { augmentPictures, changesPictures, type Fill } from '../../modality/image/augment-pictures'
import { pictureLength, type PictureShape } from '../../model/pictures'
import { Random } from '../../model/random'

/** Reads framed pictures by item id into a buffer, in the order given. */
export type ReadPictures = (ids: Int32Array, into: Uint8Array) => Promise<Uint8Array>

export interface BatchOptions {
  /** Items to train on. */
  readonly ids: Int32Array
  readonly seed: number
  /** Pictures a step; no more than there are items. */
  readonly size: number
  readonly shape: PictureShape
  readonly augmentation: Augmentation
  readonly fill: Fill
  readonly read: ReadPictures
}

export class Batches {
  readonly size: number
  readonly #options: BatchOptions
  readonly #orders = new Map<number, Uint32Array>()

  constructor(options: BatchOptions) {
    this.#options = options
    this.size = Math.min(options.size, options.ids.length)
  }

  /** Epochs done before a step. */
  epochAt(step: number): number {
    return (step * this.size) / this.#options.ids.length
  }

  get stepsPerEpoch(): number {
    return this.#options.ids.length / this.size
  }

  /** The items of a step, the first being step 0. */
  idsAt(step: number): Int32Array {
    const { ids } = this.#options
    const batch = new Int32Array(this.size)
    for (let slot = 0; slot < this.size; slot++) {
      const position = step * this.size + slot
      const order = this.#order(Math.floor(position / ids.length))
      batch[slot] = ids[order[position % ids.length] ?? 0] ?? 0
    }
    return batch
  }

  /** The pictures of a step, augmented: [size, height, width, channels] bytes of their own. */
  async picturesAt(step: number): Promise<Uint8Array> {
    const { shape, augmentation, fill, seed, read } = this.#options
    const plain = await read(this.idsAt(step), new Uint8Array(this.size * shape.height * shape.width * shape.channels))
    if (!changesPictures(augmentation)) return plain
    const random = Random.for(seed, 'augmentation', step)
    const changed = augmentPictures(plain, shape, augmentation, fill, () => random.uniform())
    const chosen = Random.for(seed, 'augmented', step)
    const length = pictureLength(shape)
    for (let at = 0; at < plain.length; at += length) {
      if (chosen.uniform() >= augmentation.share) changed.set(plain.subarray(at, at + length), at)
    }
    return changed
  }

  #order(epoch: number): Uint32Array {
    const known = this.#orders.get(epoch)
    if (known !== undefined) return known
    const order = Random.for(this.#options.seed, 'epoch', epoch).permutation(this.#options.ids.length)
    // A batch spans two epochs at most; older orders are not asked for again.
    for (const old of this.#orders.keys()) if (old < epoch - 1) this.#orders.delete(old)
    this.#orders.set(epoch, order)
    return order
  }
}
