import { engine, type KernelConfig, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import type { GradientOverride } from '../gradient-override'
import { nativeBackend, typeAttribute, type OpAttribute } from './native-backend'

/**
 * Gradients of activations as one operation of TensorFlow each. tfjs makes the gradient of ReLU from Step, which this
 * backend builds from IsNan, Fill and Select: a quarter of a training step.
 */
interface ActivationGradient {
  readonly activation: string
  /** TensorFlow's name of the gradient. */
  readonly operation: string
  /** Its inputs: `saved` is what tfjs keeps of the forward pass, the input of the activation or its output. */
  readonly inputs: (dy: TensorInfo, saved: TensorInfo) => TensorInfo[]
  /** Attributes besides the type. */
  readonly attributes?: (attributes: Record<string, unknown>) => OpAttribute[]
}

const gradients: readonly ActivationGradient[] = [
  { activation: 'Relu', operation: 'ReluGrad', inputs: (dy, x) => [dy, x] },
  { activation: 'Relu6', operation: 'Relu6Grad', inputs: (dy, x) => [dy, x] },
  { activation: 'Softplus', operation: 'SoftplusGrad', inputs: (dy, x) => [dy, x] },
  { activation: 'Sigmoid', operation: 'SigmoidGrad', inputs: (dy, y) => [y, dy] },
  { activation: 'Tanh', operation: 'TanhGrad', inputs: (dy, y) => [y, dy] },
  {
    activation: 'LeakyRelu',
    operation: 'LeakyReluGrad',
    inputs: (dy, x) => [dy, x],
    attributes: ({ alpha }) => [{ name: 'alpha', type: nativeBackend().binding.TF_ATTR_FLOAT, value: alpha }],
  },
]

export const activationGradientKernels: readonly KernelConfig[] = gradients.map((gradient) => ({
  kernelName: `Varia${gradient.operation}`,
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, saved } = inputs as { dy: TensorInfo; saved: TensorInfo }
    const backend = nativeBackend()
    const attributes = [typeAttribute(backend, 'float32'), ...(gradient.attributes?.(attrs ?? {}) ?? [])]
    return backend.executeSingleOutput(gradient.operation, attributes, gradient.inputs(dy, saved))
  },
}))

export const activationGradients: readonly GradientOverride[] = gradients.map((gradient) => ({
  kernelName: gradient.activation,
  gradient: (dy, [saved], attributes) =>
    saved?.dtype === 'float32' && dy.dtype === 'float32' ? { x: () => run(gradient, dy, saved, attributes) } : null,
}))

function run(gradient: ActivationGradient, dy: Tensor, saved: Tensor, attributes: object): Tensor {
  return engine().runKernel(`Varia${gradient.operation}`, { dy, saved }, { ...attributes })
}
