import { registerKernel } from '@tensorflow/tfjs-core'
import { overrideGradient } from '../gradient-override'
import { activationGradients, activationGradientKernels } from './activation-gradients'
import { adamKernel } from './adam'
import { batchNormalisationKernels } from './batch-normalisation'
import { widenToPictureFaster } from './widen-to-picture'

let mended = false

/** Registers TensorFlow's own operations where tfjs builds them from slow small ones, and one faster than its own. Once a process. */
export function mendNativeKernels(): void {
  if (mended) return
  mended = true
  for (const kernel of [...activationGradientKernels, ...batchNormalisationKernels, adamKernel]) registerKernel(kernel)
  widenToPictureFaster()
  for (const override of activationGradients) overrideGradient('tensorflow', override)
}
