/** Activations by name, each with the gain that keeps the variance of what passes through (He et al. 2015). */
import * as tf from '@tensorflow/tfjs-core'
import { operation, type Layer } from './layer'

export type ActivationName = 'relu' | 'leaky-relu' | 'silu' | 'tanh'

interface Activation {
  readonly gain: number
  readonly layer: Layer
}

/** A kernel that a backend may have, s (1 - s) dy from a sigmoid's output s and dy; see compute's native kernels. */
const sigmoidGradient = 'VariaSigmoidGrad'

/** x sigmoid(x); its gradient is dy (s + x s (1 - s)), written out to save the operations that the product rule would make. */
const silu = tf.customGrad((...inputs) => {
  const [x, save] = inputs as [tf.Tensor, tf.GradSaveFunc]
  const s = tf.sigmoid(x)
  save([x, s])
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
    const [input, gate] = saved as [tf.Tensor, tf.Tensor]
    return tf.mul(dy, tf.add(gate, bySlope(gate, input)))
  }
  return { value: tf.mul(x, s), gradFunc }
})

/** s (1 - s) x */
function bySlope(s: tf.Tensor, x: tf.Tensor): tf.Tensor {
  if (tf.getKernel(sigmoidGradient, tf.getBackend()) === undefined) return tf.mul(tf.mul(s, tf.sub(1, s)), x)
  return tf.engine().runKernel(sigmoidGradient, { dy: x, saved: s }) as unknown as tf.Tensor
}

const leak = 0.1

const activations: Record<ActivationName, Activation> = {
  relu: { gain: Math.SQRT2, layer: operation((x) => tf.relu(x)) },
  'leaky-relu': { gain: Math.sqrt(2 / (1 + leak * leak)), layer: operation((x) => tf.leakyRelu(x, leak)) },
  silu: { gain: 1.68, layer: operation((x) => silu(x)) },
  tanh: { gain: 5 / 3, layer: operation((x) => tf.tanh(x)) },
}

export function activation(name: ActivationName): Activation {
  return activations[name]
}
