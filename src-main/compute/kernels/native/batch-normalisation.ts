import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import { nativeBackend, typeAttribute, type NativeBackend, type OpAttribute } from './native-backend'

/**
 * Batch normalisation in training as TensorFlow's own fused operations. `model/network/batch-normalisation` uses these
 * two kernels where a backend has them, and small operations, several times slower, where it has not.
 */
export const batchNormalisationKernels: readonly KernelConfig[] = [
  {
    // x [b, h, w, c], gain [c], bias [c] -> y, mean [c], variance [c] (unbiased), and what the gradient wants back
    kernelName: 'BatchNormTraining',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, gain, bias } = inputs as { x: TensorInfo; gain: TensorInfo; bias: TensorInfo }
      const backend = nativeBackend()
      // the last two are running statistics, which it ignores in training but wants to be of the right length
      return backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        attributes(backend, attrs),
        [x, gain, bias, bias, gain],
        6,
      )
    },
  },
  {
    // dy and x [b, h, w, c], gain [c], the three that the forward kernel gave -> dx, dgain, dbias
    kernelName: 'BatchNormTrainingGrad',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, x, gain, mean, variance, rest } = inputs as Record<string, TensorInfo>
      const backend = nativeBackend()
      const given = [dy, x, gain, mean, variance, rest] as TensorInfo[]
      const outputs = backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes(backend, attrs), given, 5)
      outputs.slice(3).forEach((unused) => unused.dispose())
      return outputs.slice(0, 3)
    },
  },
]

function attributes(backend: NativeBackend, attrs: object | undefined): OpAttribute[] {
  const { epsilon } = attrs as { epsilon: number }
  const { TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_STRING } = backend.binding
  return [
    typeAttribute(backend, 'float32'),
    typeAttribute(backend, 'float32', 'U'),
    { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: TF_ATTR_BOOL, value: true },
  ]
}
