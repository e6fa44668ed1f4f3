/** How many columns of pictures fill a place best. */

export interface MosaicFit {
  readonly columns: number
  readonly rows: number
  /** Width of all columns, pixels on screen. */
  readonly width: number
}

/** A full last row is worth this much size. */
const fullRows = 0.8

/**
 * The columns for which `count` pictures of `aspect` (height over width) become as large as the place allows, full
 * rows preferred to somewhat larger pictures. A picture is never drawn wider than `largest`.
 */
export function fitMosaic(
  count: number,
  aspect: number,
  width: number,
  height: number,
  gap: number,
  largest: number,
): MosaicFit {
  let best: MosaicFit = { columns: 1, rows: Math.max(1, count), width: 0 }
  let bestWorth = -1
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns)
    const byWidth = (width - gap * (columns - 1)) / columns
    const byHeight = (height - gap * (rows - 1)) / rows / aspect
    const cell = Math.min(byWidth, byHeight, largest)
    const worth = count % columns === 0 ? cell : cell * fullRows
    if (worth > bestWorth) {
      bestWorth = worth
      best = { columns, rows, width: Math.max(0, Math.floor(cell * columns + gap * (columns - 1))) }
    }
  }
  return best
}
