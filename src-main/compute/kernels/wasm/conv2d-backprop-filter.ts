import { conv2d, slice, tidy, transpose, type KernelConfig, type Tensor4D } from '@tensorflow/tfjs-core'
import { convolutionShape, type ConvolutionAttributes, type ConvolutionShape } from './convolution-shape'

/**
 * dL/dW of a convolution, as one convolution:
 *
 *   dW[u, v, c, k] = sum over b, i, j of x[b, i s + u - top, j s + v - left, c] dy[b, i, j, k]
 *
 * That correlates x with dy: pictures take the channels' place and channels the pictures', dy is the filter, spread out by
 * the stride (a dilation), and moves over as many places as the filter whose gradient this is has taps.
 */
export function conv2dBackpropFilter(x: Tensor4D, dy: Tensor4D, shape: ConvolutionShape): Tensor4D {
  const rows = reach(shape.height, shape.outHeight, shape.strideHeight, shape.filterHeight, shape.top)
  const columns = reach(shape.width, shape.outWidth, shape.strideWidth, shape.filterWidth, shape.left)
  return tidy(() => {
    const whole = rows.seen === shape.height && columns.seen === shape.width
    const seen = whole ? x : slice(x, [0, 0, 0, 0], [shape.batch, rows.seen, columns.seen, shape.inChannels])
    const pictures = transpose(seen, [3, 1, 2, 0]) // [in, height, width, batch]
    const filter = transpose(dy, [1, 2, 0, 3]) // [outHeight, outWidth, batch, out]
    const padding: [[number, number], [number, number], [number, number], [number, number]] = [
      [0, 0],
      [shape.top, rows.after],
      [shape.left, columns.after],
      [0, 0],
    ]
    const dilations: [number, number] = [shape.strideHeight, shape.strideWidth]
    const correlation = conv2d(pictures, filter, 1, padding, 'NHWC', dilations) // [in, filterHeight, filterWidth, out]
    return transpose(correlation, [1, 2, 0, 3])
  })
}

/**
 * How much of a side the forward convolution looked at, and the padding it saw after the end. Without padding it may
 * have left the last rows out.
 */
function reach(
  side: number,
  out: number,
  stride: number,
  taps: number,
  before: number,
): { seen: number; after: number } {
  const end = (out - 1) * stride + taps - before
  return { seen: Math.min(side, end), after: Math.max(0, end - side) }
}

export const conv2dBackpropFilterKernel: KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: Tensor4D; dy: Tensor4D }
    const attributes = attrs as unknown as ConvolutionAttributes & { readonly filterShape: number[] }
    return conv2dBackpropFilter(x, dy, convolutionShape(x.shape, attributes.filterShape, attributes))
  },
}
