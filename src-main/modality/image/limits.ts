/** What a single picture may cost; beyond it the picture is refused by name and the rest goes on. */
export interface PictureLimits {
  /** Pixels of the decoded original. */
  readonly pixels: number
  /** Bytes of the file. */
  readonly bytes: number
  /** Bytes of an SVG's text, unpacked. */
  readonly svgBytes: number
  /** Seconds of decoding. */
  readonly seconds: number
}

export const defaultLimits: PictureLimits = {
  pixels: 100_000_000,
  bytes: 256 * 1024 * 1024,
  svgBytes: 16 * 1024 * 1024,
  seconds: 30,
}
