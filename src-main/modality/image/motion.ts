/** The words of augmentation: what is moved, how, and what comes in behind it. */

export interface PictureSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/**
 * What comes in where a picture was moved away: its own edge, stretched (`edge`); the same but see-through (`clear`, for
 * pictures with alpha); or one value a channel.
 */
export type Fill = 'edge' | 'clear' | readonly number[]

export interface Motion {
  readonly flipX: boolean
  readonly flipY: boolean
  /** Whole pixels to the right and down. */
  readonly dx: number
  readonly dy: number
  /** Radians, about the centre. */
  readonly angle: number
  readonly scale: number
}
