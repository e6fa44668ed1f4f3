import { type Bytes } from '../source'
import { type PictureStack } from '../../contract/binary'

export interface GifOptions {
  readonly framesPerSecond: number
  /** Plays forth and back for ever; otherwise forth, for ever. */
  readonly backAndForth?: boolean
  /** Lanczos enlargement, 1..8; default 1. */
  readonly scale?: number
  /** What lies under transparency: GIF has no partial alpha; default white. */
  readonly background?: readonly [number, number, number]
  readonly signal?: AbortSignal
}

/** An animation whose frames are the stack's pictures. */
export async function drawGif(frames: PictureStack, options: GifOptions): Promise<Bytes> {
  throw new Error(`not written yet: ${frames.count} ${options.framesPerSecond}`)
}
