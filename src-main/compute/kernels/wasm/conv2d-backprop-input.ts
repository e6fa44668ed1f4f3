import {
  concat,
  conv2d,
  depthToSpace,
  reverse,
  slice,
  stridedSlice,
  tidy,
  transpose,
  zeros,
  type KernelConfig,
  type Tensor4D,
} from '@tensorflow/tfjs-core'
import { convolutionShape, type ConvolutionAttributes, type ConvolutionShape } from './convolution-shape'

/**
 * dL/dx of a convolution, which is also the forward pass of a transposed one.
 *
 *   dx[b, y, x, c] = sum over u, v, k of dy[b, i, j, k] W[u, v, c, k] where y = i s + u - top, x = j s + v - left
 *
 * With stride 1 that is dy convolved with the filter turned by half a turn. With stride s every s-th row of dx meets the same
 * taps: each of the s * s phases is a convolution of dy with its share of the filter, and the phases interleave. No multiplication
 * with the zeros between the rows of dy, which the textbook's way spends most of its time on.
 */
export function conv2dBackpropInput(dy: Tensor4D, filter: Tensor4D, shape: ConvolutionShape): Tensor4D {
  const { strideHeight, strideWidth } = shape
  if (strideHeight !== strideWidth) throw new Error('Varia convolves with the same stride in both directions.')
  const stride = strideHeight
  return tidy(() => {
    // [filterHeight, filterWidth, out, in]
    const swapped = transpose(filter, [0, 1, 3, 2])
    const rows = Math.ceil(shape.height / stride)
    const columns = Math.ceil(shape.width / stride)
    const phases: Tensor4D[] = []
    for (let p = 0; p < stride; p++) {
      for (let q = 0; q < stride; q++) {
        const vertical = phase(p, stride, shape.filterHeight, shape.top, rows, shape.outHeight)
        const horizontal = phase(q, stride, shape.filterWidth, shape.left, columns, shape.outWidth)
        phases.push(correlate(dy, swapped, shape, vertical, horizontal))
      }
    }
    const [first] = phases
    if (stride === 1 && first !== undefined) return first
    // [batch, rows, columns, stride * stride * in] -> [batch, rows * stride, columns * stride, in]
    const interleaved = depthToSpace(concat(phases, 3), stride, 'NHWC')
    return slice(interleaved, [0, 0, 0, 0], [shape.batch, shape.height, shape.width, shape.inChannels])
  })
}

/** One phase along one side. */
interface Phase {
  /** The first tap it meets; the others follow at distances of the stride. */
  readonly tap: number
  readonly taps: number
  /** Zeros before and after dy, negative where it starts later or ends earlier. */
  readonly before: number
  readonly after: number
}

/**
 * Row y = n s + p, n from 0 to rows - 1, meets the taps u with (y + top - u) divisible by s: u = u0 + m s. It reads dy at
 * i = (y + top - u) / s = n + (p + top - u0) / s - m: a convolution with the taps in reverse order.
 */
function phase(p: number, stride: number, size: number, top: number, rows: number, out: number): Phase {
  const tap = (p + top) % stride
  const taps = Math.max(0, Math.ceil((size - tap) / stride))
  const offset = (p + top - tap) / stride
  // Window n covers dy from n + offset - (taps - 1) to n + offset.
  const before = taps - 1 - offset
  const after = rows - 1 + offset - (out - 1)
  return { tap, taps, before, after }
}

function correlate(
  dy: Tensor4D,
  filter: Tensor4D,
  shape: ConvolutionShape,
  vertical: Phase,
  horizontal: Phase,
): Tensor4D {
  const { batch, outHeight, outWidth, outChannels, inChannels, strideHeight: stride } = shape
  const rows = Math.ceil(shape.height / stride)
  const columns = Math.ceil(shape.width / stride)
  // A filter smaller than the stride leaves rows that nothing reaches.
  if (vertical.taps === 0 || horizontal.taps === 0) return zeros([batch, rows, columns, inChannels])
  const own =
    stride === 1
      ? filter
      : stridedSlice(
          filter,
          [vertical.tap, horizontal.tap, 0, 0],
          [shape.filterHeight, shape.filterWidth, outChannels, inChannels],
          [stride, stride, 1, 1],
        )
  const top = Math.max(0, -vertical.before)
  const left = Math.max(0, -horizontal.before)
  const seen = slice(
    dy,
    [0, top, left, 0],
    [
      batch,
      outHeight - top + Math.min(0, vertical.after),
      outWidth - left + Math.min(0, horizontal.after),
      outChannels,
    ],
  )
  return conv2d(seen, reverse(own as Tensor4D, [0, 1]), 1, [
    [0, 0],
    [Math.max(0, vertical.before), Math.max(0, vertical.after)],
    [Math.max(0, horizontal.before), Math.max(0, horizontal.after)],
    [0, 0],
  ])
}

export const conv2dBackpropInputKernel: KernelConfig = {
  kernelName: 'Conv2DBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: Tensor4D; filter: Tensor4D }
    const attributes = attrs as unknown as ConvolutionAttributes & { readonly inputShape: number[] }
    return conv2dBackpropInput(dy, filter, convolutionShape(attributes.inputShape, filter.shape, attributes))
  },
}
