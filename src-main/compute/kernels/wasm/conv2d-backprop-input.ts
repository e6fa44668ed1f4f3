import { conv2d, engine, slice, tidy, zeros, type KernelConfig, type Tensor4D } from '@tensorflow/tfjs-core'
import { convolutionShape, type ConvolutionAttributes, type ConvolutionShape } from './convolution-shape'
import { filterShares } from './filter-shares'
import { interleave } from './interleave'

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
  const { strideHeight: stride, batch, height, width, inChannels } = shape
  if (stride !== shape.strideWidth) throw new Error('Varia convolves with the same stride in both directions.')
  return tidy(() => {
    const shares = filterShares(filter, stride).map((share) => engine().makeTensorFromTensorInfo(share) as Tensor4D)
    const phases = shares.map((share, index) => {
      const vertical = phase(Math.floor(index / stride), stride, shape.filterHeight, shape.top, height, shape.outHeight)
      const horizontal = phase(index % stride, stride, shape.filterWidth, shape.left, width, shape.outWidth)
      return correlate(dy, shares[vertical.share * stride + horizontal.share] ?? share, shape, vertical, horizontal)
    })
    const [only] = phases
    if (stride === 1 && only !== undefined) return only
    return engine().makeTensorFromTensorInfo(interleave(phases, [batch, height, width, inChannels], stride)) as Tensor4D
  })
}

/** One phase along one side. */
interface Phase {
  /** Which share of the filter's taps it meets. */
  readonly share: number
  /** Rows or columns of dx that belong to it, the last perhaps beyond the edge. */
  readonly length: number
  /** Zeros before and after dy; negative where it starts later or ends earlier. */
  readonly before: number
  readonly after: number
}

/**
 * Row y = n s + p meets the taps u with (y + top - u) divisible by s: u = u0 + m s, where u0 = (p + top) mod s. It reads dy at
 * i = (y + top - u) / s = n + (p + top - u0) / s - m: a convolution with the taps in reverse order.
 */
function phase(p: number, stride: number, taps: number, top: number, side: number, out: number): Phase {
  const share = (p + top) % stride
  const offset = (p + top - share) / stride
  const length = Math.ceil(side / stride)
  return { share, length, before: Math.ceil(taps / stride) - 1 - offset, after: length + offset - out }
}

function correlate(
  dy: Tensor4D,
  share: Tensor4D,
  shape: ConvolutionShape,
  vertical: Phase,
  horizontal: Phase,
): Tensor4D {
  const { batch, outHeight, outWidth, outChannels } = shape
  const top = Math.max(0, -vertical.before)
  const left = Math.max(0, -horizontal.before)
  const tall = outHeight - top + Math.min(0, vertical.after)
  const wide = outWidth - left + Math.min(0, horizontal.after)
  if (tall <= 0 || wide <= 0) return zeros([batch, vertical.length, horizontal.length, shape.inChannels])
  const seen =
    tall === outHeight && wide === outWidth ? dy : slice(dy, [0, top, left, 0], [batch, tall, wide, outChannels])
  return conv2d(seen, share, 1, [
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
