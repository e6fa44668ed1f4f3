/**
 * The gradient kernels that compute supplies, on every backend that works here, against a plain loop over the definition of
 * the convolution, and against finite differences of the forward pass.
 */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { activateBackend } from '../../src-main/compute/backend'
import { Random } from '../../src-main/model/random'
import { workingBackends } from './working-backends'

interface Case {
  readonly name: string
  readonly x: [number, number, number, number]
  /** [height, width, in, out] */
  readonly filter: [number, number, number, number]
  readonly stride: number
  readonly pad: 'same' | 'valid'
}

const cases: readonly Case[] = [
  {
    name: '4x4, stride 2, same: the halving of every net',
    x: [3, 8, 8, 5],
    filter: [4, 4, 5, 7],
    stride: 2,
    pad: 'same',
  },
  { name: '3x3, stride 1, same: a residual block', x: [2, 6, 6, 4], filter: [3, 3, 4, 4], stride: 1, pad: 'same' },
  { name: '3x3, stride 2, same, uneven sides', x: [2, 7, 5, 3], filter: [3, 3, 3, 2], stride: 2, pad: 'same' },
  { name: '5x5, stride 2, valid, last rows unseen', x: [2, 10, 12, 2], filter: [5, 5, 2, 3], stride: 2, pad: 'valid' },
  { name: '3x3, stride 3, valid', x: [1, 11, 9, 2], filter: [3, 3, 2, 2], stride: 3, pad: 'valid' },
  { name: '1x1, stride 1', x: [2, 4, 4, 3], filter: [1, 1, 3, 6], stride: 1, pad: 'same' },
  { name: '1x1, stride 2: rows that no tap reaches', x: [2, 6, 6, 3], filter: [1, 1, 3, 2], stride: 2, pad: 'valid' },
  { name: '2x4, stride 2, a filter taller than wide', x: [2, 6, 8, 2], filter: [2, 4, 2, 2], stride: 2, pad: 'same' },
]

/** dx and dW of sum(dy * conv(x, W)), by the definition. */
function byDefinition(
  { x: [batch, height, width, inChannels], filter: [tall, wide, , outChannels], stride }: Case,
  [top, left, outHeight, outWidth]: [number, number, number, number],
  x: Float32Array,
  w: Float32Array,
  dy: Float32Array,
): { dx: Float64Array; dw: Float64Array } {
  const dx = new Float64Array(x.length)
  const dw = new Float64Array(w.length)
  const at = (array: Float32Array, i: number): number => array[i] as number
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < outHeight; i++)
      for (let j = 0; j < outWidth; j++)
        for (let u = 0; u < tall; u++)
          for (let v = 0; v < wide; v++) {
            const y = i * stride + u - top
            const z = j * stride + v - left
            if (y < 0 || y >= height || z < 0 || z >= width) continue
            for (let c = 0; c < inChannels; c++)
              for (let k = 0; k < outChannels; k++) {
                const gradient = at(dy, ((b * outHeight + i) * outWidth + j) * outChannels + k)
                const xi = ((b * height + y) * width + z) * inChannels + c
                const wi = ((u * wide + v) * inChannels + c) * outChannels + k
                dx[xi] = (dx[xi] as number) + gradient * at(w, wi)
                dw[wi] = (dw[wi] as number) + gradient * at(x, xi)
              }
          }
  return { dx, dw }
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)))
  return most
}

const random = Random.for(7, 'convolution gradients')
function tensor([batch = 0, height = 0, width = 0, channels = 0]: readonly number[]): tf.Tensor4D {
  return tf.tensor4d(random.normals(batch * height * width * channels), [batch, height, width, channels])
}

for (const backend of await workingBackends()) {
  describe(`gradients of a convolution on ${backend}`, () => {
    for (const one of cases) {
      it(`agree with the definition: ${one.name}`, async () => {
        await activateBackend(backend)
        const [x, w] = [tensor(one.x), tensor(one.filter)]
        const forward = (a: tf.Tensor4D, f: tf.Tensor4D) => tf.conv2d(a, f, one.stride, one.pad)
        const info = tf.backend_util.computeConv2DInfo(one.x, one.filter, one.stride, 1, one.pad)
        const dy = tensor(info.outShape)
        const [dx, dw] = tf.grads((a, f) => forward(a as tf.Tensor4D, f as tf.Tensor4D))([x, w], dy)
        const sizes: [number, number, number, number] = [
          info.padInfo.top,
          info.padInfo.left,
          info.outHeight,
          info.outWidth,
        ]
        const expected = byDefinition(
          one,
          sizes,
          (await x.data()) as Float32Array,
          (await w.data()) as Float32Array,
          (await dy.data()) as Float32Array,
        )
        expect(dx?.shape).toEqual(one.x)
        expect(dw?.shape).toEqual(one.filter)
        expect(largestDifference(await (dx as tf.Tensor).data(), expected.dx)).toBeLessThan(1e-4)
        expect(largestDifference(await (dw as tf.Tensor).data(), expected.dw)).toBeLessThan(1e-4)
        tf.dispose([x, w, dy, dx as tf.Tensor, dw as tf.Tensor])
      })
    }

    it('agree with finite differences, through a convolution and a transposed one', async () => {
      await activateBackend(backend)
      const x = tensor([2, 8, 8, 2])
      const down = tensor([4, 4, 2, 3])
      const up = tensor([4, 4, 2, 3])
      // Smooth and of moderate size, so that float32 leaves digits to difference.
      const loss = (a: tf.Tensor, f: tf.Tensor, g: tf.Tensor): tf.Scalar => {
        const h = tf.tanh(tf.mul(tf.conv2d(a as tf.Tensor4D, f as tf.Tensor4D, 2, 'same'), 0.1))
        const y = tf.conv2dTranspose(h as tf.Tensor4D, g as tf.Tensor4D, [2, 8, 8, 2], 2, 'same')
        return tf.mean(tf.square(y))
      }
      const parameters = [x, down, up]
      const gradients = tf.grads(loss as (...args: tf.Tensor[]) => tf.Scalar)(parameters)
      for (const [which, parameter] of parameters.entries()) {
        const direction = tensor(parameter.shape)
        const step = 3e-3
        const along = (by: number): number =>
          tf.tidy(() => {
            const moved = parameters.map((p, i) => (i === which ? tf.add(p, tf.mul(direction, by)) : p))
            return loss(...(moved as [tf.Tensor, tf.Tensor, tf.Tensor])).dataSync()[0] as number
          })
        const difference = (along(step) - along(-step)) / (2 * step)
        const slope = tf.tidy(() => tf.sum(tf.mul(gradients[which] as tf.Tensor, direction)).dataSync()[0] as number)
        expect(Math.abs(slope - difference)).toBeLessThan(0.01 * Math.max(0.1, Math.abs(difference)))
        direction.dispose()
      }
      tf.dispose([...parameters, ...gradients])
    })

    it('leave no tensor behind', async () => {
      await activateBackend(backend)
      const [x, w] = [tensor([2, 8, 8, 3]), tensor([4, 4, 3, 5])]
      const gradients = () =>
        tf.dispose(tf.grads((a, f) => tf.conv2d(a as tf.Tensor4D, f as tf.Tensor4D, 2, 'same'))([x, w]))
      gradients()
      const { numTensors, numDataBuffers } = tf.memory()
      gradients()
      gradients()
      expect(tf.memory().numTensors).toBe(numTensors)
      expect(tf.memory().numDataBuffers).toBe(numDataBuffers)
      tf.dispose([x, w])
    })
  })
}
