/** Fetches the sprites' pictures piece by piece: the first show after a moment, none waits for all. */
import type { PictureStack } from '../../src-main/contract/binary'
import type { AtlasLayout } from './atlas-layout'

/** Bytes of a piece: large enough to be quick, small enough that frames go on between. */
const pieceBytes = 4 * 1024 * 1024

type Fetch = (what: { size: 16 | 32 | 64; offset: number; count: number }) => Promise<PictureStack>

/**
 * Asks for all `count` pictures in pieces and hands each over. Ends early, without an error, when `stopped`. Rejects when
 * a piece can't be had.
 */
export async function loadAtlas(
  layout: AtlasLayout,
  count: number,
  fetch: Fetch,
  take: (offset: number, stack: PictureStack) => void,
  stopped: AbortSignal,
): Promise<void> {
  const most = Math.max(64, Math.min(8192, Math.floor(pieceBytes / (layout.cell * layout.cell * layout.bytesPerPixel))))
  for (let offset = 0; offset < count; offset += most) {
    const stack = await fetch({ size: layout.cell, offset, count: Math.min(most, count - offset) })
    if (stopped.aborted) return
    take(offset, stack)
    if (stack.count === 0) return
  }
}
