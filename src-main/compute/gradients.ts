import { nodeRequire } from './node-require'

/**
 * Makes tfjs's gradients known. Its core comes without them: the union package registers them, together with the kernels in
 * plain JavaScript, as a side effect of being loaded. Loaded with `require`, so that it meets the same core.
 */
export function registerGradients(): void {
  nodeRequire('@tensorflow/tfjs')
}
