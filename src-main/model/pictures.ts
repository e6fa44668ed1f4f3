/** Pictures as a network sees them: float tensors [batch, height, width, channels] of values in 0..1. */
import * as tf from '@tensorflow/tfjs-core'

/** The shape of every picture of a collection; channels is 1 (grey), 3 (RGB) or 4 (RGBA). */
export interface PictureShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Values in one picture. */
export function pictureLength(shape: PictureShape): number {
  return shape.height * shape.width * shape.channels
}

const unit = new Float32Array(256).map((_, value) => value / 255)

/**
 * A batch of bytes [count, height, width, channels] as a tensor [count, height, width, channels] in 0..1.
 * The caller disposes of it.
 */
export function picturesToTensor(pixels: Uint8Array, shape: PictureShape): tf.Tensor4D {
  const { height, width, channels } = shape
  const values = new Float32Array(pixels.length)
  for (let i = 0; i < pixels.length; i++) values[i] = unit[pixels[i] ?? 0] ?? 0
  return tf.tensor4d(values, [pixels.length / pictureLength(shape), height, width, channels])
}

/** A tensor of pictures in 0..1 as bytes in the same order; values outside are clipped. The tensor stays its owner's. */
export async function tensorToPictures(pictures: tf.Tensor4D): Promise<Uint8Array> {
  const values = await pictures.data<'float32'>()
  const pixels = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) pixels[i] = Math.round(Math.min(1, Math.max(0, values[i] ?? 0)) * 255)
  return pixels
}
