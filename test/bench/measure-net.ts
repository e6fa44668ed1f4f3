/** A process of its own for one backend: times training steps and decoding, prints them as JSON. */
import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../../src-main/compute/backend'
import { backendName } from '../../src-main/contract/backend'
import { recipe } from '../../src-main/contract/recipe'
import { Random } from '../../src-main/model/random'
import { buildVae } from '../../src-main/model/recipe'
import { Trainer } from '../../src-main/model/training'
import { net } from './net'
import { median } from './row'

export interface NetFigures {
  readonly title: string
  /** Pictures a second. */
  readonly trainingRate: number
  /** Milliseconds. */
  readonly decode1: number
  /** Null for plain JavaScript, which takes minutes. */
  readonly decode64: number | null
}

async function milliseconds(work: () => Promise<unknown>, seconds: number): Promise<number> {
  const warming = performance.now()
  for (let i = 0; i < 3 && performance.now() - warming < seconds * 1000; i++) await work()
  const times: number[] = []
  const begun = performance.now()
  while (performance.now() - begun < seconds * 1000) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}

const [name = 'cpu', seconds = '8'] = process.argv.slice(2)
const { title } = await activateBackend(backendName.parse(name))
const { size, channels, widths, dense, latent } = net
// Plain JavaScript takes a second a picture, whatever the batch.
const plainScript = name === 'cpu'
const batch = plainScript ? 4 : net.batch
const shape = { height: size, width: size, channels }
const plain = recipe.parse({
  latent,
  batch,
  network: { kind: 'convolutional', widths, dense, normalisation: 'none' },
  optimiser: { ema: 0 },
})
const vae = buildVae(plain, shape, 1)
const trainer = new Trainer(vae, { seed: 1, totalSteps: null })
const random = Random.for(1, 'bench')
const x = tf.tensor4d(random.uniforms(batch * size * size * channels), [batch, size, size, channels])

function decode(count: number): () => Promise<unknown> {
  const z = tf.tensor2d(random.normals(count * latent), [count, latent])
  return async () => {
    const pictures = tf.tidy(() => vae.decode(z))
    await pictures.data()
    pictures.dispose()
  }
}

const trainingRate = (1000 * batch) / (await milliseconds(() => trainer.step(x), Number(seconds)))
const figures: NetFigures = {
  title,
  trainingRate,
  decode1: await milliseconds(decode(1), 2),
  decode64: plainScript ? null : await milliseconds(decode(64), 2),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
