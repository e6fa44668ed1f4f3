/** How the sprites' pictures share the tiles of a texture array: square cells in square tiles, row by row. */
import type { ChannelCount } from '../../src-main/contract/binary'

export interface CellLayout {
  /** Side of a cell, pixels. */
  readonly cell: number
  /** Side of a tile, pixels. */
  readonly tile: number
  readonly cellsPerRow: number
  readonly cellsPerTile: number
  readonly tiles: number
  /** 1 for grey collections, else 4. */
  readonly bytesPerPixel: 1 | 4
}

/** The layout of the atlas, whose cells come in the sizes that the contract offers. */
export interface AtlasLayout extends CellLayout {
  readonly cell: 16 | 32 | 64
}

/** Memory that all tiles may take, bytes; a third more goes to their smaller copies. */
const budget = 128 * 1024 * 1024
/** Small enough to fill quickly, and a power of two so that smaller copies of cells never mix. */
const tileSide = 1024

/** The largest cell that keeps all pictures inside the budget, and is not larger than the pictures are. */
export function layoutAtlas(count: number, channels: ChannelCount, pictureSide: number): AtlasLayout {
  const bytesPerPixel = channels === 1 ? 1 : 4
  const sizes = [64, 32, 16] as const
  const fits = (cell: number): boolean => cell <= pictureSide && count * cell * cell * bytesPerPixel <= budget
  const cell = sizes.find(fits) ?? 16
  const cellsPerRow = tileSide / cell
  const cellsPerTile = cellsPerRow * cellsPerRow
  return {
    cell,
    tile: tileSide,
    cellsPerRow,
    cellsPerTile,
    tiles: Math.max(1, Math.ceil(count / cellsPerTile)),
    bytesPerPixel,
  }
}

/** One picture a tile: for a few that are shown large. */
export function layoutWhole(count: number, bytesPerPixel: 1 | 4, side: number): CellLayout {
  return { cell: side, tile: side, cellsPerRow: 1, cellsPerTile: 1, tiles: count, bytesPerPixel }
}

/** Tile of a sprite, and the top left pixel of its cell in it. */
export function cellOf(index: number, layout: CellLayout): { tile: number; x: number; y: number } {
  const place = index % layout.cellsPerTile
  return {
    tile: Math.floor(index / layout.cellsPerTile),
    x: (place % layout.cellsPerRow) * layout.cell,
    y: Math.floor(place / layout.cellsPerRow) * layout.cell,
  }
}

/**
 * Writes one picture of `cell` x `cell` pixels into the tiles' bytes. Colours are multiplied by alpha, because pixels are
 * interpolated: the colour under full transparency must not bleed into the edge.
 */
export function writeCell(
  tiles: Uint8Array,
  layout: CellLayout,
  index: number,
  picture: { data: Uint8Array; offset: number; channels: ChannelCount },
): void {
  const { cell, tile, bytesPerPixel } = layout
  const place = cellOf(index, layout)
  const { data, channels } = picture
  let from = picture.offset
  for (let y = 0; y < cell; y++) {
    let to = ((place.tile * tile + place.y + y) * tile + place.x) * bytesPerPixel
    if (bytesPerPixel === 1) {
      tiles.set(data.subarray(from, from + cell), to)
      from += cell
      continue
    }
    for (let x = 0; x < cell; x++) {
      const alpha = channels === 4 ? (data[from + 3] ?? 0) : 255
      for (let k = 0; k < 3; k++) tiles[to + k] = Math.round(((data[from + k] ?? 0) * alpha) / 255)
      tiles[to + 3] = alpha
      from += channels
      to += 4
    }
  }
}
