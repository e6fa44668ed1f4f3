import { backend_util } from '@tensorflow/tfjs-core'

/** Sizes of one convolution over pictures with channels last, dilation 1. */
export interface ConvolutionShape {
  readonly batch: number
  readonly height: number
  readonly width: number
  readonly inChannels: number
  readonly outChannels: number
  readonly filterHeight: number
  readonly filterWidth: number
  readonly outHeight: number
  readonly outWidth: number
  readonly strideHeight: number
  readonly strideWidth: number
  /** Rows of padding above, and columns to the left. */
  readonly top: number
  readonly left: number
}

/** What the gradient kernels of a convolution carry as attributes. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number
  readonly pad: Parameters<typeof backend_util.computeConv2DInfo>[4]
  readonly dataFormat: 'NHWC' | 'NCHW'
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** Works the sizes out as the forward convolution does. `input` is [batch, height, width, in], `filter` [height, width, in, out]. */
export function convolutionShape(
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat, dimRoundingMode }: ConvolutionAttributes,
): ConvolutionShape {
  if (dataFormat !== 'NHWC') throw new Error('Varia convolves with channels last.')
  const info = backend_util.computeConv2DInfo(
    input as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    1,
    pad,
    dimRoundingMode,
  )
  return {
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  }
}
