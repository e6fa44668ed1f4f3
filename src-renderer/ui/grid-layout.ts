/** Where the cells of a virtual grid lie, and which of them are in view. */

export interface GridLayout {
  readonly columns: number
  readonly rows: number
  /** Width of a column and height of a row, gap included, pixels. */
  readonly columnStep: number
  readonly rowStep: number
  /** Height of all rows, pixels. */
  readonly height: number
}

export interface GridShape {
  readonly count: number
  /** Room for the grid, pixels. */
  readonly width: number
  /** Least width of a cell, and what is added to its width for its height (a caption). */
  readonly cell: number
  readonly caption: number
  readonly gap: number
}

/** As many columns as fit at the least cell width; cells then share the width evenly. */
export function layoutGrid({ count, width, cell, caption, gap }: GridShape): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (cell + gap)))
  const columnStep = (width + gap) / columns
  const rowStep = columnStep - gap + caption + gap
  const rows = Math.ceil(count / columns)
  return { columns, rows, columnStep, rowStep, height: Math.max(0, rows * rowStep - gap) }
}

/** First and one past the last index in view, with `overscan` rows more at either end. */
export function visibleRange(
  layout: GridLayout,
  count: number,
  scrollTop: number,
  viewHeight: number,
  overscan = 2,
): { first: number; end: number } {
  const firstRow = Math.max(0, Math.floor(scrollTop / layout.rowStep) - overscan)
  const endRow = Math.min(layout.rows, Math.ceil((scrollTop + viewHeight) / layout.rowStep) + overscan)
  return { first: firstRow * layout.columns, end: Math.max(0, Math.min(count, endRow * layout.columns)) }
}

/** Where a key takes the focus in a grid of `columns`; null when the key does not move it. */
export function moveInGrid(
  key: string,
  index: number,
  count: number,
  columns: number,
  page: number,
  toEnd = false,
): number | null {
  const last = count - 1
  const clamp = (next: number): number => Math.max(0, Math.min(last, next))
  switch (key) {
    case 'ArrowLeft':
      return clamp(index - 1)
    case 'ArrowRight':
      return clamp(index + 1)
    case 'ArrowUp':
      return index - columns < 0 ? index : index - columns
    case 'ArrowDown':
      return index + columns > last
        ? Math.floor(index / columns) < Math.floor(last / columns)
          ? last
          : index
        : index + columns
    case 'PageUp':
      return clamp(index - page * columns)
    case 'PageDown':
      return clamp(index + page * columns)
    case 'Home':
      return toEnd ? 0 : index - (index % columns)
    case 'End':
      return toEnd ? last : clamp(index - (index % columns) + columns - 1)
    default:
      return null
  }
}
