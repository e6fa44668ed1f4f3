// @ts-expect-error -- the package has no types; what is used of it is declared below
import * as namespace from 'gifenc'

interface FrameOptions {
  readonly palette: readonly (readonly number[])[]
  /** Milliseconds. */
  readonly delay: number
  /** 0: for ever; written with the first frame. */
  readonly repeat: number
}

interface Gifenc {
  GIFEncoder(): {
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void
    finish(): void
    bytes(): Uint8Array
  }
  quantize(rgba: Uint8Array, maxColors: number): number[][]
  applyPalette(rgba: Uint8Array, palette: number[][]): Uint8Array
}

/** Node takes its CommonJS build, which names no exports; a bundler takes its ES build, which names all of them. */
const loaded = namespace as Gifenc | { default: Gifenc }

export const { GIFEncoder, quantize, applyPalette }: Gifenc = 'GIFEncoder' in loaded ? loaded : loaded.default
