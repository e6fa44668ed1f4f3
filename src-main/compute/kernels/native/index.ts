import { registerKernel } from '@tensorflow/tfjs-core'
import { overrideGradient } from '../gradient-override'
import { activationGradients, activationGradientKernels } from './activation-gradients'
import { adamKernel } from './adam'
import { batchNormalisationKernels } from './batch-normalisation'

let mended = false

/** Registers TensorFlow's own gradient operations where tfjs builds them from slow small ones. Once a process. */
export function mendNativeKernels(): void {
  if (mended) return
  mended = true
  for (const kernel of [...activationGradientKernels, ...batchNormalisationKernels, adamKernel]) registerKernel(kernel)
  for (const override of activationGradients) overrideGradient('tensorflow', override)
}
