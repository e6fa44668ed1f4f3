import * as tf from '@tensorflow/tfjs-core'
import { recipe } from '../../src-main/contract/recipe'
import { Random } from '../../src-main/model/random'
import { buildVae } from '../../src-main/model/recipe'
import { Trainer } from '../../src-main/model/training'

const size = 32
const batch = 4

/** Blobs in random places: pictures with something to learn in them, [count, 32, 32, 1] in 0..1. */
function blobs(count: number): Float32Array {
  const random = Random.for(3, 'blobs')
  const values = new Float32Array(count * size * size)
  for (let n = 0; n < count; n++) {
    const [cx, cy, r] = [8 + 16 * random.uniform(), 8 + 16 * random.uniform(), 3 + 5 * random.uniform()]
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) values[(n * size + y) * size + x] = Math.hypot(x - cx, y - cy) < r ? 1 : 0
  }
  return values
}

const pictures = blobs(4 * batch)

export interface SessionOptions {
  readonly steps: number
  readonly activation?: 'relu' | 'silu' | 'leaky-relu'
  readonly seed?: number
  /** Called after each step. */
  readonly onStep?: (step: number) => void
}

/** The losses of training a small convolutional VAE on the backend that is active, from a seed. */
export async function trainingLosses({
  steps,
  activation = 'relu',
  seed = 5,
  onStep,
}: SessionOptions): Promise<number[]> {
  const small = recipe.parse({
    latent: 4,
    batch,
    network: { kind: 'convolutional', widths: [4, 8, 8], dense: 16, activation },
    optimiser: { learningRate: 3e-3 },
  })
  const vae = buildVae(small, { height: size, width: size, channels: 1 }, seed)
  const trainer = new Trainer(vae, { seed, totalSteps: steps })
  const losses: number[] = []
  const length = batch * size * size
  for (let step = 0; step < steps; step++) {
    const from = (step % 4) * length
    const x = tf.tensor4d(pictures.slice(from, from + length), [batch, size, size, 1])
    losses.push((await trainer.step(x)).negativeElbo)
    x.dispose()
    onStep?.(step)
  }
  trainer.dispose()
  vae.dispose()
  return losses
}
