import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core'
import { batchMatMulKernel } from './batch-mat-mul'
import { conv2dBackpropFilterKernel } from './conv2d-backprop-filter'
import { conv2dBackpropInputKernel } from './conv2d-backprop-input'

/** What training needs and tfjs's WebAssembly lacks, or has only in a slow form. */
const kernels = (): KernelConfig[] => [batchMatMulKernel(), conv2dBackpropFilterKernel, conv2dBackpropInputKernel]

let mended = false

/** Registers them in the place of what is there. Once a process, before the backend starts. */
export function mendWasmKernels(): void {
  if (mended) return
  mended = true
  for (const kernel of kernels()) {
    if (getKernel(kernel.kernelName, 'wasm') !== undefined) unregisterKernel(kernel.kernelName, 'wasm')
    registerKernel(kernel)
  }
}
