/**
 * What a pointer does to the manifold: which button and key mean orbit, pan or box, and when a press was a click. Pure: the
 * workspace feeds it events and carries out what it gives back.
 */

export type Gesture = 'orbit' | 'pan' | 'box'

export interface Press {
  readonly gesture: Gesture
  readonly startX: number
  readonly startY: number
  readonly x: number
  readonly y: number
  /** True once it went farther than a hand trembles. */
  readonly dragged: boolean
  /** Shift adds to the selection. */
  readonly adds: boolean
}

export interface PointerLike {
  readonly button: number
  readonly shiftKey: boolean
  readonly x: number
  readonly y: number
}

/** Pixels that a press may wander and still be a click. */
const tremble = 4

/** What a press begins: left orbits, with Shift draws a box; right, middle, or left with Space pans. Null for other buttons. */
export function begin(pointer: PointerLike, spaceHeld: boolean): Press | null {
  const { button, shiftKey, x, y } = pointer
  const gesture: Gesture | null =
    button === 2 || button === 1 || (button === 0 && spaceHeld)
      ? 'pan'
      : button === 0
        ? shiftKey
          ? 'box'
          : 'orbit'
        : null
  return gesture === null ? null : { gesture, startX: x, startY: y, x, y, dragged: false, adds: shiftKey }
}

/** The press after the pointer moved, and by how much: nothing until it is a drag, then all of it. */
export function move(press: Press, x: number, y: number): { press: Press; dx: number; dy: number } {
  const far = Math.hypot(x - press.startX, y - press.startY) > tremble
  if (!press.dragged && !far) return { press, dx: 0, dy: 0 }
  return { press: { ...press, x, y, dragged: true }, dx: x - press.x, dy: y - press.y }
}

/** Selected items after a click on one: alone, or added and taken away with Shift or Mod. */
export function afterClick(selected: readonly number[], item: number | null, adds: boolean): readonly number[] {
  if (item === null) return adds ? selected : []
  if (!adds) return [item]
  return selected.includes(item) ? selected.filter((other) => other !== item) : [...selected, item]
}
