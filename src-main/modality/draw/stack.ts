import { type PictureStack } from '../../contract/binary'
import { type Bytes } from '../source'

/** The bytes of one picture of a stack; a view, not a copy. */
export function pictureAt(stack: PictureStack, index: number): Bytes {
  const length = stack.height * stack.width * stack.channels
  return stack.data.subarray(index * length, (index + 1) * length)
}

/** A stack of one: the picture at `index`, as a view. */
export function oneOf(stack: PictureStack, index: number): PictureStack {
  return { ...stack, count: 1, data: pictureAt(stack, index) }
}
