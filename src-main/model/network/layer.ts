/** The pieces networks are built from: each declares its weights and computes with them; none holds a tensor. */
import * as tf from '@tensorflow/tfjs-core'
import type { ParameterSpec, Weights } from '../parameters'
import type { Random } from '../random'

/** What a forward pass goes with. */
export interface Forward {
  readonly weights: Weights
  /** Where dropout draws from; null outside training, where nothing is dropped. */
  readonly chance: Random | null
}

export interface Layer {
  readonly specs: readonly ParameterSpec[]
  apply(x: tf.Tensor, forward: Forward): tf.Tensor
}

/** Layers one after the other. */
export function sequence(...layers: readonly Layer[]): Layer {
  return {
    specs: layers.flatMap((layer) => layer.specs),
    apply: (x, forward) => layers.reduce((value, layer) => layer.apply(value, forward), x),
  }
}

/** A layer without weights. */
export function operation(compute: (x: tf.Tensor) => tf.Tensor): Layer {
  return { specs: [], apply: compute }
}

/**
 * The kernel's initial standard deviation is gain / sqrt(fanIn). He et al. 2015: a gain of sqrt(2) keeps the variance through a
 * rectifier; 1 keeps it through a linear layer; 0 makes a branch that starts as nothing.
 */
function kernel(name: string, shape: readonly number[], fanIn: number, gain: number): ParameterSpec {
  const deviation = gain / Math.sqrt(fanIn)
  return {
    name: `${name}.kernel`,
    shape,
    decay: true,
    initial: (random, length) =>
      deviation === 0 ? new Float32Array(length) : random.normals(length).map((value) => value * deviation),
  }
}

function bias(name: string, width: number): ParameterSpec {
  return { name: `${name}.bias`, shape: [width], decay: false, initial: (_, length) => new Float32Array(length) }
}

/** x [b, from] -> x W + b [b, to] */
export function dense(name: string, from: number, to: number, gain: number): Layer {
  return {
    specs: [kernel(name, [from, to], from, gain), bias(name, to)],
    apply: (x, { weights }) =>
      tf.add(tf.matMul(x as tf.Tensor2D, weights.get(`${name}.kernel`) as tf.Tensor2D), weights.get(`${name}.bias`)),
  }
}

export interface ConvolutionShape {
  readonly from: number
  readonly to: number
  /** Side of the kernel. */
  readonly side: number
  readonly stride: number
}

/** x [b, h, w, from] -> [b, h / stride, w / stride, to], padded with zeros. */
export function convolution(name: string, { from, to, side, stride }: ConvolutionShape, gain: number): Layer {
  return {
    specs: [kernel(name, [side, side, from, to], side * side * from, gain), bias(name, to)],
    apply: (x, { weights }) =>
      tf.add(
        tf.conv2d(x as tf.Tensor4D, weights.get(`${name}.kernel`) as tf.Tensor4D, stride, 'same'),
        weights.get(`${name}.bias`),
      ),
  }
}

/** The transpose of a convolution: x [b, h, w, from] -> [b, h * stride, w * stride, to]. */
export function transposedConvolution(name: string, { from, to, side, stride }: ConvolutionShape, gain: number): Layer {
  // each output value is reached by (side / stride)^2 taps of every input channel
  const fanIn = (side / stride) ** 2 * from
  return {
    specs: [kernel(name, [side, side, to, from], fanIn, gain), bias(name, to)],
    apply: (x, { weights }) => {
      const [batch = 0, height = 0, width = 0] = x.shape
      const filter = weights.get(`${name}.kernel`) as tf.Tensor4D
      const shape: [number, number, number, number] = [batch, height * stride, width * stride, to]
      return tf.add(tf.conv2dTranspose(x as tf.Tensor4D, filter, shape, stride, 'same'), weights.get(`${name}.bias`))
    },
  }
}

/** x [b, ...] -> [b, ...shape] */
export function reshaped(shape: readonly number[]): Layer {
  return operation((x) => tf.reshape(x, [x.shape[0] ?? 0, ...shape]))
}

/** Inverted dropout (Srivastava et al. 2014): in training a share of values is 0 and the rest scaled up to keep the mean. */
export function dropout(share: number): Layer {
  return {
    specs: [],
    apply: (x, { chance }) => {
      if (share === 0 || chance === null) return x
      const keep = 1 / (1 - share)
      const mask = chance.uniforms(x.size).map((value) => (value < share ? 0 : keep))
      return tf.mul(x, tf.tensor(mask, x.shape))
    },
  }
}

/** 0..1 to -1..1: what the initialisation of convolutions assumes of a picture. */
export const centred = operation((x) => tf.sub(tf.mul(x, 2), 1))
