import { scalar, tidy, type KernelConfig, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import { nativeBackend, typeAttribute, type NativeBackend, type OpAttribute } from './native-backend'

/**
 * One update of Adam in a single pass over its vectors, where tfjs's operations make thirteen. `model/optimiser/adam` uses
 * it where a backend has it. TensorFlow's operation works on variables, which tfjs has not: three are made for the call
 * from the tensors that come in, which it copies before it writes, and are gone after it.
 */
export const adamKernel: KernelConfig = {
  // weights, gradient, m, v, each [n] -> weights, m, v
  kernelName: 'AdamUpdate',
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, attrs }) => {
    const { weights, gradient, m, v } = inputs as Record<'weights' | 'gradient' | 'm' | 'v', TensorInfo>
    const { rate, beta1, beta2, epsilon } = attrs as unknown as AdamAttributes
    const backend = nativeBackend()
    return tidy(() => {
      const variables = [weights, m, v].map((value, index) => variable(backend, `varia-adam-${index}`, value))
      // the powers of its betas correct for the start at zero: with both 0, `rate` is taken as it is
      const numbers = [0, 0, rate, beta1, beta2, epsilon].map((value) => scalar(value))
      const attributes = [typeAttribute(backend, 'float32'), no(backend, 'use_locking'), no(backend, 'use_nesterov')]
      backend.executeMultipleOutputs('ResourceApplyAdam', attributes, [...variables, ...numbers, gradient], 0)
      return variables.map((handle) => taken(backend, handle))
    })
  },
}

/** w <- w - rate m / (sqrt(v) + epsilon) */
interface AdamAttributes {
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** A variable with a value; it shares its memory until one of them is written. */
function variable(backend: NativeBackend, name: string, value: TensorInfo): Tensor {
  const { TF_ATTR_SHAPE, TF_ATTR_STRING } = backend.binding
  const handle = backend.executeSingleOutput(
    'VarHandleOp',
    [
      { name: 'container', type: TF_ATTR_STRING, value: '' },
      { name: 'shared_name', type: TF_ATTR_STRING, value: name },
      { name: 'shape', type: TF_ATTR_SHAPE, value: value.shape },
      typeAttribute(backend, 'float32', 'dtype'),
    ],
    [],
  )
  backend.executeMultipleOutputs('AssignVariableOp', [typeAttribute(backend, 'float32', 'dtype')], [handle, value], 0)
  return handle
}

/** What a variable holds; the variable itself is gone. */
function taken(backend: NativeBackend, handle: Tensor): Tensor {
  const value = backend.executeSingleOutput('ReadVariableOp', [typeAttribute(backend, 'float32', 'dtype')], [handle])
  backend.executeMultipleOutputs('DestroyResourceOp', [no(backend, 'ignore_lookup_error')], [handle], 0)
  return value
}

function no(backend: NativeBackend, name: string): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_BOOL, value: false }
}
