/** Updates of the optimisers on every backend against their equations worked out in plain numbers. */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../src-main/compute/backend'
import { recipe, type OptimiserRecipe } from '../../src-main/contract/recipe'
import { makeOptimiser } from '../../src-main/model/optimiser/registry'
import { workingBackends } from './working-backends'

const start = [0.5, -2, 0, 3, 1e-3, -0.75]
const mask = Float32Array.from([1, 1, 0, 0, 1, 0])
/** Each step's gradient is another one, zero and huge ones among them. */
const gradientAt = (step: number): number[] =>
  start.map((_, i) => (i === 2 ? 0 : Math.sin(1 + i * 7 + step) * 10 ** (i - 2)))
const rate = 0.01
const steps = 5

/** Algorithm 1 of Kingma & Ba 2015 with the decay of Loshchilov & Hutter 2019, algorithm 2, as they stand there. */
function adamByHand({ beta1, beta2, weightDecay }: OptimiserRecipe): number[] {
  return start.map((first, i) => {
    let [w, m, v] = [first, 0, 0]
    for (let t = 1; t <= steps; t++) {
      const g = gradientAt(t)[i] ?? NaN
      m = beta1 * m + (1 - beta1) * g
      v = beta2 * v + (1 - beta2) * g * g
      const step = m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + 1e-8)
      w -= rate * (step + weightDecay * (mask[i] ?? 0) * w)
    }
    return w
  })
}

function sgdByHand({ momentum, weightDecay }: OptimiserRecipe): number[] {
  return start.map((first, i) => {
    let [w, u] = [first, 0]
    for (let t = 1; t <= steps; t++) {
      u = momentum * u + (gradientAt(t)[i] ?? NaN)
      w -= rate * (u + weightDecay * (mask[i] ?? 0) * w)
    }
    return w
  })
}

const cases = [
  { name: 'Adam', options: { kind: 'adam' }, byHand: adamByHand },
  { name: 'Adam with weight decay', options: { kind: 'adam', weightDecay: 0.3 }, byHand: adamByHand },
  { name: 'SGD with momentum', options: { kind: 'sgd', momentum: 0.9 }, byHand: sgdByHand },
  { name: 'plain SGD with weight decay', options: { kind: 'sgd', momentum: 0, weightDecay: 0.3 }, byHand: sgdByHand },
]

for (const backend of await workingBackends()) {
  describe(`on ${backend}`, () => {
    for (const { name, options, byHand } of cases) {
      it(`${name} moves weights as its paper says`, async () => {
        await activateBackend(backend)
        const { optimiser } = recipe.parse({ optimiser: options })
        const found = await train(optimiser, steps)
        byHand(optimiser).forEach((value, i) => expect(found[i]).toBeCloseTo(value, 4))
      })

      it(`${name} leaves what it was given as it was, and no tensor behind`, async () => {
        await activateBackend(backend)
        const before = tf.memory().numTensors
        const made = makeOptimiser(recipe.parse({ optimiser: options }).optimiser, mask)
        const weights = tf.tensor1d(start)
        const gradient = tf.tensor1d(gradientAt(1))
        const firstMoments = await Promise.all(
          Object.values(made.moments).map(async (moment) => [...(await moment.data())]),
        )
        const moved = made.update(weights, gradient, 1, rate)
        expect(firstMoments.flat().every((value) => value === 0)).toBe(true)
        expect(Array.from(await weights.data())).toEqual(Array.from(Float32Array.from(start)))
        expect(Array.from(await gradient.data())).toEqual(Array.from(Float32Array.from(gradientAt(1))))
        made.dispose()
        tf.dispose([weights, gradient, moved])
        expect(tf.memory().numTensors).toBe(before)
      })
    }
  })
}

async function train(optimiser: OptimiserRecipe, count: number): Promise<Float32Array> {
  const made = makeOptimiser(optimiser, mask)
  let weights = tf.tensor1d(start)
  for (let t = 1; t <= count; t++) {
    const gradient = tf.tensor1d(gradientAt(t))
    const moved = made.update(weights, gradient, 1, rate)
    tf.dispose([weights, gradient])
    weights = moved
  }
  const values = (await weights.data<'float32'>()).slice()
  weights.dispose()
  made.dispose()
  return values
}
