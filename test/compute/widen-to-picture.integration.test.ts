/** A decoder's last layer on every backend against the definition, at sizes where compute takes a road of its own. */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../src-main/compute/backend'
import { Random } from '../../src-main/model/random'
import { workingBackends } from './working-backends'

/** y[2 i + u - 1, 2 j + v - 1] += x[i, j] w[u, v]: a stride of 2 and a filter of 4 by 4, `same`. */
function byDefinition(
  x: Float32Array,
  w: Float32Array,
  [batch, side, from, to]: readonly [number, number, number, number],
): Float64Array {
  const y = new Float64Array(batch * 4 * side * side * to)
  const at = (array: Float32Array, i: number): number => array[i] as number
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < side; i++)
      for (let j = 0; j < side; j++)
        for (let u = 0; u < 4; u++)
          for (let v = 0; v < 4; v++) {
            const [row, column] = [2 * i + u - 1, 2 * j + v - 1]
            if (row < 0 || column < 0 || row >= 2 * side || column >= 2 * side) continue
            for (let c = 0; c < to; c++) {
              let sum = 0
              for (let k = 0; k < from; k++) {
                sum += at(x, ((b * side + i) * side + j) * from + k) * at(w, ((u * 4 + v) * to + c) * from + k)
              }
              const place = ((b * 2 * side + row) * 2 * side + column) * to + c
              y[place] = (y[place] as number) + sum
            }
          }
  return y
}

const cases = [
  { name: 'a batch of grey pictures', size: [18, 32, 3, 1] },
  { name: 'a batch of transparent ones', size: [20, 32, 2, 4] },
  { name: 'one small picture', size: [1, 8, 3, 3] },
  { name: 'more channels than a picture has', size: [17, 32, 2, 5] },
] as const

for (const backend of await workingBackends()) {
  describe(`doubling to pictures on ${backend}`, () => {
    for (const { name, size } of cases) {
      it(`of ${name} is a transposed convolution, and so is its gradient`, async () => {
        await activateBackend(backend)
        const [batch, side, from, to] = size
        const x = Random.for(1, 'x').normals(batch * side * side * from)
        const w = Random.for(1, 'w').normals(16 * to * from)
        const input = tf.tensor4d(x, [batch, side, side, from])
        const filter = tf.tensor4d(w, [4, 4, to, from])
        const before = tf.memory().numTensors
        const doubled = (a: tf.Tensor, b: tf.Tensor): tf.Tensor4D =>
          tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, [batch, 2 * side, 2 * side, to], 2, 'same')
        const y = doubled(input, filter)
        const expected = byDefinition(x, w, size)
        const found = await y.data()
        expect(found.length).toBe(expected.length)
        expect(found.every((value, i) => Math.abs(value - (expected[i] as number)) < 1e-3)).toBe(true)

        // sum(y y) / 2 has the gradient y, which sent back through the definition is checked by one number a tensor:
        // for a linear map sum(x dx) = sum(w dw) = sum(y y)
        const [dx, dw] = tf.grads((a, b) => tf.mul(tf.sum(tf.square(doubled(a as tf.Tensor, b as tf.Tensor))), 0.5))([
          input,
          filter,
        ])
        const energy = expected.reduce((sum, value) => sum + value * value, 0)
        const along = (a: tf.Tensor, da: tf.Tensor | undefined): number =>
          da === undefined ? NaN : (tf.sum(tf.mul(a, da)).dataSync()[0] ?? NaN)
        expect(along(input, dx) / energy).toBeCloseTo(1, 3)
        expect(along(filter, dw) / energy).toBeCloseTo(1, 3)
        tf.dispose([y, dx, dw].filter((tensor) => tensor !== undefined))
        expect(tf.memory().numTensors - before).toBeLessThanOrEqual(4)
        tf.dispose([input, filter])
      })
    }
  })
}
