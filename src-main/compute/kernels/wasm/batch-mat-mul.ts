import {
  engine,
  getKernel,
  tidy,
  transpose,
  type KernelConfig,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core'

/**
 * Multiplication of matrices. This backend has a fast way for plain ones and a slow one, ten times slower, for those read across
 * their rows, as the gradients of a dense layer need them: so these are turned first.
 */
export function batchMatMulKernel(): KernelConfig {
  const stock = getKernel('BatchMatMul', 'wasm')
  return {
    ...stock,
    kernelFunc: (call) => {
      const { a, b } = call.inputs as { a: Tensor; b: Tensor }
      const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean }
      if (!(transposeA || transposeB) || a.dtype !== 'float32' || b.dtype !== 'float32') return stock.kernelFunc(call)
      return tidy(() => {
        const inputs = { a: transposeA ? turned(a) : a, b: transposeB ? turned(b) : b }
        const product = stock.kernelFunc({ ...call, inputs, attrs: { transposeA: false, transposeB: false } })
        return engine().makeTensorFromTensorInfo(product as TensorInfo)
      })
    },
  }
}

/** [..., rows, columns] -> [..., columns, rows] */
function turned(matrix: Tensor): Tensor {
  const axes = matrix.shape.map((_, axis) => axis)
  return transpose(matrix, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}
