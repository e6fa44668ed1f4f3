/**
 * Batch normalisation (Ioffe & Szegedy 2015): y = gain (x - mean) / sqrt(variance + epsilon) + bias for each channel, with the mean
 * and variance of the batch in training and their running averages otherwise. Its gradient:
 * dx = gain / sqrt(variance + epsilon) (dy - mean(dy) - n mean(dy n)), n the normalised x; dgain = sum(dy n); dbias = sum(dy).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from './layer'

const epsilon = 1e-3
/** Kernels that a backend may have; see compute's native kernels. */
const fused = { forward: 'BatchNormTraining', backward: 'BatchNormTrainingGrad' } as const

/** Normalises x [..., width]; `start` is what the gains begin with. */
export function batchNormalisation(name: string, width: number, start = 1): Layer {
  const constant = (value: number) => (_: unknown, length: number) => new Float32Array(length).fill(value)
  return {
    specs: [
      { name: `${name}.gain`, shape: [width], decay: false, initial: constant(start) },
      { name: `${name}.bias`, shape: [width], decay: false, initial: constant(0) },
    ],
    statistics: [
      { name: `${name}.mean`, shape: [width], decay: false, initial: constant(0) },
      { name: `${name}.variance`, shape: [width], decay: false, initial: constant(1) },
    ],
    apply: (x, { weights, statistics, training }) => {
      const gain = weights.get(`${name}.gain`) as tf.Tensor1D
      const bias = weights.get(`${name}.bias`) as tf.Tensor1D
      const images = x.rank === 4 ? (x as tf.Tensor4D) : tf.reshape<tf.Rank.R4>(x, [-1, 1, 1, width])
      const y =
        training === null
          ? tf.batchNorm4d(
              images,
              statistics.get(`${name}.mean`) as tf.Tensor1D,
              statistics.get(`${name}.variance`) as tf.Tensor1D,
              bias,
              gain,
              epsilon,
            )
          : byBatch(images, gain, bias, (mean, variance) => {
              training.record(`${name}.mean`, mean)
              training.record(`${name}.variance`, variance)
            })
      return x.rank === 4 ? y : tf.reshape(y, x.shape)
    },
  }
}

type Watch = (mean: tf.Tensor, variance: tf.Tensor) => void

function byBatch(x: tf.Tensor4D, gain: tf.Tensor1D, bias: tf.Tensor1D, watch: Watch): tf.Tensor4D {
  const operation = tf.getKernel(fused.forward, tf.getBackend()) === undefined ? composed(watch) : native(watch)
  return operation(x, gain, bias) as tf.Tensor4D
}

function native(watch: Watch): (...inputs: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...inputs) => {
    const [x, gain, bias, save] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc]
    const outputs = tf.engine().runKernel(fused.forward, { x, gain, bias }, { epsilon }) as unknown as tf.Tensor[]
    const [y, mean, variance, savedMean, savedVariance, rest] = outputs as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ]
    watch(mean, variance)
    save([x, gain, savedMean, savedVariance, rest])
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [input, scale, m, v, r] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
      const given = { dy, x: input, gain: scale, mean: m, variance: v, rest: r }
      return tf.engine().runKernel(fused.backward, given, { epsilon }) as unknown as tf.Tensor[]
    }
    return { value: y, gradFunc }
  })
}

function composed(watch: Watch): (...inputs: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...inputs) => {
    const [x, gain, bias, save] = inputs as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc]
    const count = x.size / gain.size
    const flat = tf.reshape(x, [count, gain.size])
    const mean = tf.mean(flat, 0)
    const centred = tf.sub(flat, mean)
    const variance = tf.mean(tf.square(centred), 0)
    const inverse = tf.rsqrt(tf.add(variance, epsilon))
    const normalised = tf.mul(centred, inverse)
    watch(mean, tf.mul(variance, count / Math.max(1, count - 1)))
    save([normalised, tf.mul(inverse, gain)])
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [n, scale] = saved as [tf.Tensor, tf.Tensor]
      const flow = tf.reshape(dy, [count, gain.size])
      const dbias = tf.sum(flow, 0)
      const dgain = tf.sum(tf.mul(flow, n), 0)
      const centre = tf.add(tf.mul(dbias, 1 / count), tf.mul(n, tf.mul(dgain, 1 / count)))
      return [tf.reshape(tf.mul(tf.sub(flow, centre), scale), dy.shape), dgain, dbias]
    }
    return { value: tf.reshape(tf.add(tf.mul(normalised, gain), bias), x.shape), gradFunc }
  })
}
