import { type PictureStack } from '../../contract/binary'

export interface SheetOptions {
  readonly columns: number
  /** Lanczos enlargement of each picture, 1..8; default 1. */
  readonly scale?: number
  /** One a picture, drawn below it; empty strings draw nothing. */
  readonly captions?: readonly string[]
  /** Pixels between pictures and round the sheet, after enlargement; default 4 per scale. */
  readonly gutter?: number
  /** What the sheet is made of; default white. `transparent` keeps alpha. */
  readonly background?: readonly [number, number, number] | 'transparent'
  /** Whether transparent pictures lie on a checker rather than on the sheet; default false. */
  readonly checker?: boolean
  readonly signal?: AbortSignal
}

/** Lays pictures out in a grid, row by row: one picture, RGB or RGBA. A stack of one, for {@link encodePicture}. */
export async function drawSheet(stack: PictureStack, options: SheetOptions): Promise<PictureStack> {
  throw new Error(`not written yet: ${stack.count} ${options.columns}`)
}
