/** The keyboard's twin of the pointer on the manifold: arrows walk from design to design as they lie on the screen. */
import { orbit, pan, zoomTo } from './camera'
import type { Direction } from './picking'
import type { View } from './view.svelte'

const arrows: Record<string, { readonly direction: Direction; readonly x: number; readonly y: number }> = {
  ArrowLeft: { direction: 'left', x: -1, y: 0 },
  ArrowRight: { direction: 'right', x: 1, y: 0 },
  ArrowUp: { direction: 'up', x: 0, y: -1 },
  ArrowDown: { direction: 'down', x: 0, y: 1 },
}

/** Pixels of a drag that one press of an arrow stands for, turning and panning. */
const turn = 24
const shift = 40

/** Arrows walk, with Alt turn, with Shift pan; plus and minus zoom; Enter chooses, Shift adds; Space waits for a drag. */
export function handleKey(view: View, event: KeyboardEvent): void {
  const { scene } = view
  if (scene === null || event.ctrlKey || event.metaKey) return
  const { camera, viewport } = scene
  const arrow = arrows[event.key]
  if (event.key === ' ') {
    view.spaceHeld = true
  } else if (arrow !== undefined) {
    if (event.altKey) scene.setCamera(orbit(camera, arrow.x * turn, arrow.y * turn, viewport))
    else if (event.shiftKey) scene.setCamera(pan(camera, -arrow.x * shift, -arrow.y * shift, viewport))
    else walk(view, arrow.direction)
  } else if (event.key === '+' || event.key === '=' || event.key === '-') {
    const factor = event.key === '-' ? 1.25 : 0.8
    const { x, y } = view.spot ?? { x: view.width / 2, y: view.height / 2 }
    scene.setCamera(zoomTo(camera, factor, x, y, viewport))
  } else if (event.key === 'Enter') {
    view.choose(view.hovered, event.shiftKey)
  } else {
    return
  }
  event.preventDefault()
}

/** To the next design in a direction; at first to the selected one, or to what is in the middle. */
function walk(view: View, direction: Direction): void {
  const { scene } = view
  if (scene === null) return
  if (view.hovered < 0 || scene.sprites.at(view.hovered) === null) {
    view.hovered = view.selected[0] ?? scene.sprites.nearest(view.width / 2, view.height / 2)
    return
  }
  const next = scene.sprites.next(view.hovered, direction)
  if (next >= 0) view.hovered = next
}
