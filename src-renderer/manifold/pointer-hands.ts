/** The pointer on the manifold: orbit, pan, zoom, fly, hover, click, box. */
import { selection } from '../app/selection.svelte'
import { orbit, pan, wheelFactor, zoomTo } from './camera'
import { begin, move } from './gestures'
import { hints } from './hints.svelte'
import { boxBetween } from './picking'
import { flingOf, follow, type Trail } from './trail'
import type { View } from './view.svelte'

/** How close a double-click flies, in the map's unit. */
const closeUp = 0.45

export class PointerHands {
  readonly #view: View
  #trail: Trail = []

  constructor(view: View) {
    this.#view = view
  }

  readonly down = (event: PointerEvent & { currentTarget: Element }): void => {
    const { x, y } = placeOf(event)
    const press = begin({ button: event.button, shiftKey: event.shiftKey, x, y }, this.#view.spaceHeld)
    this.#view.press = press
    if (press === null) return
    this.#view.scene?.hold()
    this.#trail = [{ x, y, at: event.timeStamp }]
    event.currentTarget.setPointerCapture(event.pointerId)
    // A middle press would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault()
  }

  readonly move = (event: PointerEvent & { currentTarget: Element }): void => {
    const view = this.#view
    const { scene } = view
    if (scene === null) return
    const { x, y } = placeOf(event)
    if (view.press === null) {
      if (!scene.moving) view.hovered = scene.sprites.pick(x, y)
      return
    }
    const { press, dx, dy } = move(view.press, x, y)
    view.press = press
    if (!press.dragged || press.gesture === 'box') return
    view.hovered = -1
    if (press.gesture === 'orbit') {
      hints.used('orbit')
      this.#trail = follow(this.#trail, { x, y, at: event.timeStamp })
      scene.setCamera(orbit(scene.camera, dx, dy, scene.viewport))
    } else {
      scene.setCamera(pan(scene.camera, dx, dy, scene.viewport))
    }
  }

  readonly up = (event: PointerEvent & { currentTarget: Element }): void => {
    const view = this.#view
    const { press, scene } = view
    view.press = null
    if (press === null || scene === null) return
    const { x, y } = placeOf(event)
    if (press.dragged && press.gesture === 'box') {
      const found = scene.sprites.inBox(boxBetween(press.startX, press.startY, x, y)).map((n) => view.itemAt(n))
      hints.used('box')
      selection.items = event.ctrlKey || event.metaKey ? [...new Set([...selection.items, ...found])] : found
    } else if (press.dragged && press.gesture === 'orbit') {
      scene.fling(flingOf(this.#trail, event.timeStamp))
    } else if (!press.dragged && event.button === 0 && !view.spaceHeld) {
      view.choose(scene.sprites.pick(x, y), event.shiftKey || event.ctrlKey || event.metaKey)
    }
  }

  readonly cancel = (): void => {
    this.#view.press = null
  }

  readonly leave = (): void => {
    if (this.#view.press === null) this.#view.hovered = -1
  }

  readonly doubleClick = (event: MouseEvent & { currentTarget: Element }): void => {
    const { scene } = this.#view
    const { x, y } = placeOf(event)
    const index = scene?.sprites.pick(x, y) ?? -1
    if (scene === null || index < 0) return
    const distance = Math.min(scene.camera.distance, closeUp)
    scene.flyTo({ ...scene.camera, target: scene.positionOf(index), distance })
  }

  /** An action for the element that takes the wheel: Svelte's own wheel listeners are passive. */
  readonly wheel = (node: Element): { destroy: () => void } => {
    const onwheel = (event: Event): void => {
      const { scene } = this.#view
      if (scene === null || !(event instanceof WheelEvent)) return
      event.preventDefault()
      hints.used('zoom')
      const { x, y } = placeIn(node, event)
      scene.setCamera(zoomTo(scene.camera, wheelFactor(event.deltaY, event.deltaMode), x, y, scene.viewport))
      this.#view.hovered = scene.sprites.pick(x, y)
    }
    node.addEventListener('wheel', onwheel, { passive: false })
    return { destroy: () => node.removeEventListener('wheel', onwheel) }
  }
}

function placeIn(node: Element, { clientX, clientY }: MouseEvent): { x: number; y: number } {
  const { left, top } = node.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

const placeOf = (event: MouseEvent & { currentTarget: Element }): { x: number; y: number } =>
  placeIn(event.currentTarget, event)
