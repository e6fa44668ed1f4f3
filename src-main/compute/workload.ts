import { dispose, matMul, tensor2d, tensor4d, type Tensor2D } from '@tensorflow/tfjs-core'
import { recipe } from '../contract/recipe'
import { Random } from '../model/random'
import { buildVae } from '../model/recipe'
import { Trainer } from '../model/training'

/** The net by which backends are compared: a convolutional VAE on grey pictures of 64 by 64, in batches of 64. */
export const standardShape = { height: 64, width: 64, channels: 1 } as const
export const standardRecipe = recipe.parse({
  latent: 32,
  batch: 64,
  network: { kind: 'convolutional', widths: [32, 64, 128, 256], dense: 256 },
})

const side = 1024

/** GFLOP/s of a matrix product of 1024 by 1024 on the backend that is active; the best of `seconds`. */
export async function measureMatMul(seconds: number): Promise<number> {
  const random = Random.for(1, 'matmul')
  const make = (): Tensor2D => tensor2d(random.uniforms(side * side), [side, side])
  const [a, b] = [make(), make()]
  try {
    const best = await fastest(seconds, async () => {
      const product = matMul(a, b)
      await product.data()
      product.dispose()
    })
    return (2 * side ** 3) / best / 1e9
  } finally {
    dispose([a, b])
  }
}

/** Below this rate with two pictures a batch, a whole batch would take minutes. */
const tooSlow = 1

/**
 * Pictures a second of training the standard net on the backend that is active; the best of `seconds`. A backend that would need
 * minutes for a batch of 64 (plain JavaScript) is timed with two pictures a batch instead: less than it can do, but an answer.
 */
export async function measureTraining(seconds: number): Promise<number> {
  const few = await trainingRate(2, 0)
  return few < tooSlow ? few : trainingRate(standardRecipe.batch, seconds)
}

async function trainingRate(batch: number, seconds: number): Promise<number> {
  const { height, width, channels } = standardShape
  const vae = buildVae(standardRecipe, standardShape, 1)
  const trainer = new Trainer(vae, { seed: 1, totalSteps: null })
  const values = Random.for(1, 'pictures')
    .uniforms(batch * height * width * channels)
    .map(Math.round)
  const pictures = tensor4d(values, [batch, height, width, channels])
  try {
    return batch / (await fastest(seconds, () => trainer.step(pictures)))
  } finally {
    pictures.dispose()
    trainer.dispose()
    vae.dispose()
  }
}

/**
 * Seconds of the fastest of several goes: what the machine can do when nothing else runs. The first also compiles, so it counts
 * only when it used the time up.
 */
async function fastest(seconds: number, work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  const first = (performance.now() - begin) / 1000
  if (first > seconds) return first
  let best = Infinity
  do {
    const start = performance.now()
    await work()
    best = Math.min(best, (performance.now() - start) / 1000)
  } while (performance.now() - begin < seconds * 1000)
  return best
}
