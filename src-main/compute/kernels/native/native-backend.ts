import { findBackend, type DataType, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'

/** An attribute of a TensorFlow operation: its name, its kind (one of the binding's `TF_ATTR_` numbers), its value. */
export interface OpAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/**
 * The part of tfjs-node's backend that reaches any of TensorFlow's operations by name. Declared here because the package
 * is optional: nothing may import it.
 */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: {
    readonly TF_Version: string
    readonly TF_ATTR_TYPE: number
    readonly TF_ATTR_INT: number
    readonly TF_ATTR_FLOAT: number
    readonly TF_ATTR_BOOL: number
    readonly TF_ATTR_STRING: number
    readonly TF_ATTR_SHAPE: number
  }
  getDTypeInteger(dtype: DataType): number
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: TensorInfo[]): Tensor
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: TensorInfo[], outputs: number): Tensor[]
}

/** The loaded backend. */
export function nativeBackend(): NativeBackend {
  return findBackend('tensorflow') as unknown as NativeBackend
}

/** The attribute that names the type of an operation's numbers. */
export function typeAttribute(backend: NativeBackend, dtype: DataType, name = 'T'): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(dtype) }
}
