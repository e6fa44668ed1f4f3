/** Where the window stood last time, kept in one small file. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
export type Bounds = z.infer<typeof bounds>

const windowState = z.object({ bounds: bounds.nullable(), maximized: z.boolean(), fullScreen: z.boolean() })
export type WindowState = z.infer<typeof windowState>

export const firstSize = { width: 1440, height: 900 }
export const smallestSize = { width: 900, height: 600 }

/** What `file` holds; a fresh state where it holds nothing sensible. */
export function readWindowState(file: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { bounds: null, maximized: false, fullScreen: false }
  }
}

/** Writes `file`; a disk that refuses costs the window's place and nothing else. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    // The window opens where the system puts it next time.
  }
}

/**
 * The bounds to open with: as kept, if enough of its title bar lies on one of today's displays to be grabbed; else the
 * first size, cut to the first display, and placed by the system.
 */
export function openingBounds(
  kept: Bounds | null,
  displays: readonly Bounds[],
): { x?: number; y?: number; width: number; height: number } {
  const grabbable = (area: Bounds): boolean =>
    kept !== null &&
    Math.min(kept.x + kept.width, area.x + area.width) - Math.max(kept.x, area.x) >= 120 &&
    kept.y >= area.y - 8 &&
    kept.y <= area.y + area.height - 60
  const home = displays.find(grabbable)
  if (kept !== null && home !== undefined) {
    return {
      x: kept.x,
      y: kept.y,
      width: Math.max(smallestSize.width, Math.min(kept.width, home.width)),
      height: Math.max(smallestSize.height, Math.min(kept.height, home.height)),
    }
  }
  const first = displays[0] ?? { x: 0, y: 0, ...firstSize }
  return { width: Math.min(firstSize.width, first.width), height: Math.min(firstSize.height, first.height) }
}
