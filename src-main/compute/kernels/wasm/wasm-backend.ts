import { findBackend, type TensorInfo } from '@tensorflow/tfjs-core'

/** The part of tfjs's WebAssembly backend that gives hold of its memory. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array
}

function wasmBackend(): WasmBackend {
  return findBackend('wasm') as unknown as WasmBackend
}

/** A new tensor of floats whose numbers are not yet written. */
export function newTensor(shape: number[]): TensorInfo {
  return wasmBackend().makeOutput(shape, 'float32')
}

/** The numbers of tensors of floats, in the backend's own memory: good until the next tensor is made, which may move it. */
export function numbersOf(tensors: readonly TensorInfo[]): Float32Array[] {
  const backend = wasmBackend()
  return tensors.map((tensor) => backend.typedArrayFromHeap(tensor) as Float32Array)
}
