/** The pieces networks are built from: each declares its weights and computes with them; none holds a tensor. */
import * as tf from '@tensorflow/tfjs-core'
import type { ParameterSpec, Weights } from '../parameters'
import type { Random } from '../random'

/** What only a pass in training has. */
export interface TrainingPass {
  /** Where dropout draws from. */
  readonly chance: Random
  /** Takes note of a statistic of the batch, by the name under which its running average is kept. */
  record(name: string, value: tf.Tensor): void
}

/** What a forward pass goes with. */
export interface Forward {
  readonly weights: Weights
  /** Running averages of what layers see in training. */
  readonly statistics: Weights
  /** Null outside training, where nothing is dropped and running averages take the place of the batch's figures. */
  readonly training: TrainingPass | null
}

export interface Layer {
  readonly specs: readonly ParameterSpec[]
  /** Running averages it keeps, which no gradient changes. */
  readonly statistics: readonly ParameterSpec[]
  apply(x: tf.Tensor, forward: Forward): tf.Tensor
}

/** Layers one after the other. */
export function sequence(...layers: readonly Layer[]): Layer {
  return {
    specs: layers.flatMap((layer) => layer.specs),
    statistics: layers.flatMap((layer) => layer.statistics),
    apply: (x, forward) => layers.reduce((value, layer) => layer.apply(value, forward), x),
  }
}

/** A layer without weights. */
export function operation(compute: (x: tf.Tensor) => tf.Tensor): Layer {
  return { specs: [], statistics: [], apply: compute }
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

/** y [..., width] -> y + b */
function shifted(name: string, width: number): Layer {
  return {
    specs: [bias(name, width)],
    statistics: [],
    apply: (y, { weights }) => tf.add(y, weights.get(`${name}.bias`)),
  }
}

/** x [b, from] -> x W [b, to] */
function product(name: string, from: number, to: number, gain: number): Layer {
  return {
    specs: [kernel(name, [from, to], from, gain)],
    statistics: [],
    apply: (x, { weights }) => tf.matMul(x as tf.Tensor2D, weights.get(`${name}.kernel`) as tf.Tensor2D),
  }
}

/** x [b, from] -> x W + b [b, to], or without the b where a normalisation follows that has its own. */
export function dense(name: string, from: number, to: number, gain: number, biased = true): Layer {
  const linear = product(name, from, to, gain)
  return biased ? sequence(linear, shifted(name, to)) : linear
}

export interface ConvolutionShape {
  readonly from: number
  readonly to: number
  /** Side of the kernel. */
  readonly side: number
  readonly stride: number
  /** False where a normalisation follows, which has a bias of its own. */
  readonly biased?: boolean
}

/** x [b, h, w, from] -> [b, h / stride, w / stride, to], padded with zeros. */
export function convolution(name: string, shape: ConvolutionShape, gain: number): Layer {
  const { from, to, side, stride, biased = true } = shape
  const linear: Layer = {
    specs: [kernel(name, [side, side, from, to], side * side * from, gain)],
    statistics: [],
    apply: (x, { weights }) =>
      tf.conv2d(x as tf.Tensor4D, weights.get(`${name}.kernel`) as tf.Tensor4D, stride, 'same'),
  }
  return biased ? sequence(linear, shifted(name, to)) : linear
}

/** The transpose of a convolution: x [b, h, w, from] -> [b, h * stride, w * stride, to]. */
export function transposedConvolution(name: string, shape: ConvolutionShape, gain: number): Layer {
  const { from, to, side, stride, biased = true } = shape
  // each output value is reached by (side / stride)^2 taps of every input channel
  const fanIn = (side / stride) ** 2 * from
  const linear: Layer = {
    specs: [kernel(name, [side, side, to, from], fanIn, gain)],
    statistics: [],
    apply: (x, { weights }) => {
      const [batch = 0, height = 0, width = 0] = x.shape
      const filter = weights.get(`${name}.kernel`) as tf.Tensor4D
      const target: [number, number, number, number] = [batch, height * stride, width * stride, to]
      return tf.conv2dTranspose(x as tf.Tensor4D, filter, target, stride, 'same')
    },
  }
  return biased ? sequence(linear, shifted(name, to)) : linear
}

/** x [b, ...] -> [b, ...shape] */
export function reshaped(shape: readonly number[]): Layer {
  return operation((x) => tf.reshape(x, [x.shape[0] ?? 0, ...shape]))
}

/** Inverted dropout (Srivastava et al. 2014): in training a share of values is 0 and the rest scaled up to keep the mean. */
export function dropout(share: number): Layer {
  return {
    specs: [],
    statistics: [],
    apply: (x, { training }) => {
      if (share === 0 || training === null) return x
      const mask = training.chance.mask(x.size, share, 1 / (1 - share))
      return tf.mul(x, tf.tensor(mask, x.shape))
    },
  }
}

/** 0..1 to -1..1: what the initialisation of convolutions assumes of a picture. */
export const centred = operation((x) => tf.sub(tf.mul(x, 2), 1))
