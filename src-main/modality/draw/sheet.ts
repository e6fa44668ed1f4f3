/** Contact sheets: pictures in a grid, captions under them. */
import { type PictureStack } from '../../contract/binary'
import { captionHeight, drawCaptions } from './captions'
import { enlarge } from './enlarge'
import { type Canvas, layChecker, layOver, makeCanvas, type Rgb, stackOf, white } from './paint'
import { oneOf } from './stack'

export interface SheetOptions {
  readonly columns: number
  /** Lanczos enlargement of each picture, 1..8; default 1. */
  readonly scale?: number
  /** One a picture, drawn below it; empty strings draw nothing. */
  readonly captions?: readonly string[]
  /** Pixels between pictures and round the sheet, after enlargement; default a sixteenth of a picture's width. */
  readonly gutter?: number
  /** What the sheet is made of; default white. `transparent` keeps alpha. */
  readonly background?: Rgb | 'transparent'
  /** Whether transparent pictures lie on a checker rather than on the sheet; default false. */
  readonly checker?: boolean
  readonly signal?: AbortSignal
}

/**
 * Lays pictures out in a grid, row by row: one picture, RGB or RGBA, as a stack of one for `encodePicture`. Needs at
 * least one picture. Throws VariaError `cancelled`.
 */
export async function drawSheet(stack: PictureStack, options: SheetOptions): Promise<PictureStack> {
  const { scale = 1, captions, background = white, checker = false, signal } = options
  const columns = Math.min(options.columns, stack.count)
  const rows = Math.ceil(stack.count / columns)
  const width = stack.width * scale
  const height = stack.height * scale
  const gutter = options.gutter ?? Math.max(2, Math.round(width / 16))
  // The size that captions are read at depends on the sheet, not on the pictures in it.
  const fontSize = Math.min(Math.max(Math.round(width / 9), 8), 28)
  const captionSpace = captions === undefined ? 0 : captionHeight(fontSize) + Math.round(fontSize / 4)
  const place = (index: number): { left: number; top: number } => ({
    left: gutter + (index % columns) * (width + gutter),
    top: gutter + Math.floor(index / columns) * (height + captionSpace + gutter),
  })
  const canvas = makeCanvas(
    gutter + columns * (width + gutter),
    gutter + rows * (height + captionSpace + gutter),
    background,
  )
  for (let index = 0; index < stack.count; index++) {
    const { left, top } = place(index)
    if (checker && stack.channels === 4)
      layChecker(canvas, left, top, width, height, Math.max(4, Math.round(width / 16)))
    layOver(canvas, await enlarge(oneOf(stack, index), scale, signal), 0, left, top)
  }
  if (captions !== undefined) {
    await layCaptions(canvas, captions.slice(0, stack.count), fontSize, (index) => {
      const { left, top } = place(index)
      return { x: left + width / 2, y: top + height + fontSize * 1.05, maxWidth: width + gutter * 0.8 }
    })
  }
  return stackOf(canvas)
}

async function layCaptions(
  canvas: Canvas,
  captions: readonly string[],
  fontSize: number,
  place: (index: number) => { x: number; y: number; maxWidth: number },
): Promise<void> {
  const placed = captions.map((text, index) => ({ text, ...place(index) })).filter(({ text }) => text !== '')
  if (placed.length === 0) return
  const data = await drawCaptions(placed, fontSize, canvas.width, canvas.height)
  layOver(canvas, { count: 1, width: canvas.width, height: canvas.height, channels: 4, data }, 0, 0, 0)
}
