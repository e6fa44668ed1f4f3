import { getBackend, getGradient, registerGradient, unregisterGradient, type Tensor } from '@tensorflow/tfjs-core'
import type { GradFunc, NamedAttrMap } from '@tensorflow/tfjs-core'

/** What takes the place of tfjs's own gradient of a kernel while one backend computes. */
export interface GradientOverride {
  readonly kernelName: string
  /** Inputs and outputs of the forward kernel that `gradient` wants, in this order. */
  readonly inputsToSave?: readonly string[]
  readonly outputsToSave?: readonly boolean[]
  /**
   * From the gradient of the output, what was saved, and the kernel's attributes to one function an input. Null hands the
   * case back to tfjs's own gradient, which then must live on the same saved tensors.
   */
  readonly gradient: (dy: Tensor, saved: Tensor[], attributes: NamedAttrMap) => ReturnType<GradFunc> | null
}

/**
 * Gradients belong to tfjs as a whole, not to a backend: so the one registered here asks which backend computes, and every
 * other backend keeps the gradient that tfjs came with.
 */
export function overrideGradient(backend: string, override: GradientOverride): void {
  const { kernelName, gradient } = override
  const stock = getGradient(kernelName)
  const inputs = [...(override.inputsToSave ?? stock.inputsToSave ?? [])]
  const outputs = [...(override.outputsToSave ?? stock.outputsToSave ?? [])]
  const same =
    inputs.join() === (stock.inputsToSave ?? []).join() && outputs.join() === (stock.outputsToSave ?? []).join()
  if (!same)
    throw new Error(`The gradient of ${kernelName} must save what tfjs's own does, for other backends use that.`)
  unregisterGradient(kernelName)
  registerGradient({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const single = Array.isArray(dy) ? undefined : dy
      const ours = single !== undefined && getBackend() === backend ? gradient(single, saved, attributes) : null
      return ours ?? stock.gradFunc(dy, saved, attributes)
    },
  })
}
