/**
 * How coarsely moving pictures are drawn where frames are slow (software rendering, huge screens): a hand wants to see the
 * cloud follow it more than it wants every pixel. Still pictures are always drawn in full.
 */

/** Shares of the full resolution, finest first. */
export const resolutions = [1, 0.75, 0.5] as const
export type Resolution = (typeof resolutions)[number]

/** Milliseconds a frame above which a coarser step is taken, and below which a finer one may be tried. */
const slow = 40
const quick = 18
/** Frames after which an average can be believed. */
const settled = 4

export interface Pace {
  readonly resolution: Resolution
  /** Milliseconds a frame, smoothed; 0 before there are any. */
  readonly average: number
  /** Frames since the last change; a run of quick ones is counted anew after every frame that was not. */
  readonly frames: number
}

export const steadyPace: Pace = { resolution: 1, average: 0, frames: 0 }

/** The pace after one more frame of a motion, which came `milliseconds` after the one before. */
export function afterFrame(pace: Pace, milliseconds: number): Pace {
  const average = pace.average === 0 ? milliseconds : pace.average * 0.7 + milliseconds * 0.3
  const frames = average < quick ? pace.frames + 1 : Math.min(pace.frames + 1, settled)
  const at = resolutions.indexOf(pace.resolution)
  const coarser = resolutions[at + 1]
  const finer = resolutions[at - 1]
  if (frames >= settled && average > slow && coarser !== undefined)
    return { resolution: coarser, average: 0, frames: 0 }
  if (frames >= 60 && average < quick && finer !== undefined) return { resolution: finer, average: 0, frames: 0 }
  return { ...pace, average, frames }
}
