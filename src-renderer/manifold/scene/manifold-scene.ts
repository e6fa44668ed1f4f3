/**
 * The manifold on a canvas. It owns the WebGL context and everything on it, draws a frame only when something changed, and
 * comes back by itself when the context was lost. What is where on the screen is answered by the kernels, on the CPU.
 */
import { Camera as ThreeCamera, Color, Scene, WebGLRenderer } from 'three'
import type { PictureStack } from '../../../src-main/contract/binary'
import {
  type Bounds,
  boundsOf,
  type Camera,
  focalLength,
  frame,
  home,
  type Vector,
  viewProjection,
  type Viewport,
} from '../camera'
import { between, ease } from '../flight'
import { blend } from '../layout'
import { type Box, type Direction, nearestTo, nextInDirection, pickAt, pickBox } from '../picking'
import { project, type Projected, projectedRoom } from '../projection'
import { afterFrame, type Pace, steadyPace } from '../resolution'
import { FrameLoop } from './frame-loop'
import { type CloudColors, type CloudShape, SpriteCloud } from './sprite-cloud'

export interface SceneOptions {
  readonly canvas: HTMLCanvasElement
  readonly colors: CloudColors
  /** True when nothing should move by itself. */
  readonly stillness: () => boolean
  /** After each frame: what hangs on the scene follows it. */
  readonly onFrame: (frames: number) => void
  readonly onContext: (state: 'lost' | 'restored') => void
}

/** Milliseconds that a flight, and a change of layout, take. */
const flightTime = 420
const layoutTime = 900
/** Screens are never drawn finer than this, device pixels a CSS pixel. */
const finest = 2
/** Stillness after which a frame is drawn in full resolution again, milliseconds. */
const settleTime = 160

interface Flight {
  readonly from: Camera
  readonly to: Camera
  readonly start: number
}

/** WebGL 2 is switched off or missing. */
export class NoWebGl extends Error {
  constructor() {
    super('WebGL 2 is not available here.')
    this.name = 'NoWebGl'
  }
}

export class ManifoldScene {
  readonly #options: SceneOptions
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #eye = new ThreeCamera()
  readonly #loop: FrameLoop
  readonly #matrix = new Float32Array(16)
  #cloud: SpriteCloud | null = null
  #colors: CloudColors
  #viewport: Viewport = { width: 1, height: 1 }
  #ratio = 1
  #pace: Pace = steadyPace
  #resolution = 1
  #lastMove: number | null = null
  #settling: ReturnType<typeof setTimeout> | undefined
  #camera: Camera = home
  #flight: Flight | null = null
  #from: Float32Array = new Float32Array(0)
  #to: Float32Array = new Float32Array(0)
  #now: Float32Array = new Float32Array(0)
  #layoutStart: number | null = null
  #share = 1
  #projected: Projected = projectedRoom(0)
  #stale = true
  #size = 0.1
  #moved = false
  #lost = false
  readonly #off: (() => void)[] = []

  /** @throws NoWebGl when WebGL 2 is not to be had. */
  constructor(options: SceneOptions) {
    this.#options = options
    this.#colors = options.colors
    const { canvas } = options
    const context = canvas.getContext('webgl2', { alpha: false, antialias: false, powerPreference: 'high-performance' })
    if (context === null) throw new NoWebGl()
    this.#renderer = new WebGLRenderer({ canvas, context, alpha: false, antialias: false })
    this.#renderer.autoClear = true
    this.#scene.matrixAutoUpdate = false
    this.#loop = new FrameLoop((now) => this.#draw(now))
    this.setColors(options.colors)
    const listen = (name: string, listener: () => void): void => {
      canvas.addEventListener(name, listener)
      this.#off.push(() => canvas.removeEventListener(name, listener))
    }
    listen('webglcontextlost', () => {
      this.#lost = true
      options.onContext('lost')
    })
    listen('webglcontextrestored', () => {
      this.#lost = false
      // three.js brings back what it knows of; the colour behind everything is not among it.
      this.setColors(this.#colors)
      options.onContext('restored')
    })
  }

  get camera(): Camera {
    return this.#camera
  }
  get viewport(): Viewport {
    return this.#viewport
  }
  get frames(): number {
    return this.#loop.frames
  }
  /** GPU objects that three.js still holds: for tests of disposal. */
  get memory(): { geometries: number; textures: number } {
    return this.#renderer.info.memory
  }
  /** True while the camera flies or a layout changes. */
  get moving(): boolean {
    return this.#flight !== null || this.#layoutStart !== null
  }

  /** Takes new items; pictures and positions come after. */
  setItems(shape: CloudShape): void {
    if (this.#cloud !== null) {
      this.#scene.remove(this.#cloud.mesh)
      this.#cloud.dispose()
    }
    this.#cloud = new SpriteCloud(shape)
    this.#cloud.setColors(this.#colors)
    this.#scene.add(this.#cloud.mesh)
    this.#projected = projectedRoom(shape.count)
    this.#from = this.#to = new Float32Array(shape.count * 3)
    this.#now = new Float32Array(shape.count * 3)
    this.#layoutStart = null
    this.invalidate()
  }

  addPictures(offset: number, stack: PictureStack): void {
    this.#cloud?.atlas.add(offset, stack)
    this.invalidate()
  }

  /** Moves every sprite to its place in another layout, softly unless it is the first one or nothing should move. */
  moveTo(positions: Float32Array, animated: boolean, now = performance.now()): void {
    if (this.#cloud === null || positions.length !== this.#to.length) return
    this.#from = Float32Array.from(this.#now)
    this.#to = positions
    if (animated && !this.#options.stillness()) {
      this.#layoutStart = now
      this.#share = 0
    } else {
      this.#layoutStart = null
      this.#share = 1
      this.#now.set(positions)
    }
    this.#cloud.setPositions(this.#from, this.#to)
    this.invalidate()
  }

  setColors(colors: CloudColors): void {
    this.#colors = colors
    const [r, g, b] = colors.page
    this.#renderer.setClearColor(new Color().setRGB(r / 255, g / 255, b / 255, this.#renderer.outputColorSpace), 1)
    this.#cloud?.setColors(colors)
    this.invalidate()
  }

  setTints(colors: Uint8Array | null, faded: ((index: number) => boolean) | null): void {
    this.#cloud?.setTints(colors, faded)
    this.invalidate()
  }

  setMarks(selected: readonly number[], hovered: number): void {
    this.#cloud?.setMarks(selected, hovered)
    this.#loop.request()
  }

  /** Side of a sprite in the map's unit. */
  setSize(size: number): void {
    this.#size = size
    this.invalidate()
  }

  resize(width: number, height: number, ratio: number): void {
    if (width < 1 || height < 1) return
    this.#viewport = { width, height }
    this.#ratio = Math.min(finest, ratio)
    this.#applyResolution()
    this.invalidate()
  }

  /** Puts the camera somewhere at once; a flight under way ends. */
  setCamera(camera: Camera): void {
    this.#flight = null
    this.#camera = camera
    this.#moved = true
    this.invalidate()
  }

  flyTo(camera: Camera, now = performance.now()): void {
    if (this.#options.stillness()) {
      this.setCamera(camera)
      return
    }
    this.#flight = { from: this.#camera, to: camera, start: now }
    this.invalidate()
  }

  /** Shows the given items, or all of them. */
  frameItems(indices: readonly number[] | null, facing: Camera = this.#camera): void {
    const bounds: Bounds = boundsOf(this.#to, indices)
    this.flyTo(frame(facing, bounds, this.#viewport))
  }

  /** The item under a point; -1 for none. */
  pick(x: number, y: number): number {
    const atlas = this.#cloud?.atlas
    return pickAt(this.#project(), x, y, (index, u, v) => (atlas?.alphaAt(index, u, v) ?? 255) > 16)
  }

  pickBox(box: Box): number[] {
    return pickBox(this.#project(), box)
  }

  nextItem(from: number, direction: Direction): number {
    return nextInDirection(this.#project(), from, direction)
  }

  /** The sprite whose centre is nearest to a point of the screen; -1 when none is in view. */
  nearestTo(x: number, y: number): number {
    return nearestTo(this.#project(), x, y)
  }

  /** Where an item is on the screen; null when it is not in view. */
  onScreen(index: number): { x: number; y: number; half: number } | null {
    const { x, y, half } = this.#project()
    const size = half[index] ?? 0
    return size > 0 ? { x: x[index] ?? 0, y: y[index] ?? 0, half: size } : null
  }

  /** Where a point of the map is on the screen; null when it is behind the eye. */
  placeOnScreen(point: Vector): { x: number; y: number } | null {
    const room = projectedRoom(1)
    project(Float32Array.from(point), this.#camera, this.#viewport, this.#size, room)
    const half = room.half[0] ?? 0
    return half > 0 ? { x: room.x[0] ?? 0, y: room.y[0] ?? 0 } : null
  }

  positionOf(index: number): Vector {
    return [this.#now[index * 3] ?? 0, this.#now[index * 3 + 1] ?? 0, this.#now[index * 3 + 2] ?? 0]
  }

  /** A scene that is out of sight draws nothing. */
  set visible(visible: boolean) {
    this.#loop.asleep = !visible
  }

  /** Something changed: draw a frame. */
  invalidate(): void {
    this.#stale = true
    this.#loop.request()
  }

  dispose(): void {
    this.#loop.stop()
    clearTimeout(this.#settling)
    for (const off of this.#off) off()
    this.#cloud?.dispose()
    this.#renderer.dispose()
    // Lets the browser have the context back now: it allows only a few of them.
    if (!this.#lost) this.#renderer.forceContextLoss()
  }

  #project(): Projected {
    if (this.#stale) project(this.#now, this.#camera, this.#viewport, this.#size, this.#projected)
    this.#stale = false
    return this.#projected
  }

  #advance(now: number): void {
    if (this.#flight !== null) {
      const share = (now - this.#flight.start) / flightTime
      this.#camera = between(this.#flight.from, this.#flight.to, share)
      if (share >= 1) this.#flight = null
      this.#moved = true
      this.#stale = true
    }
    if (this.#layoutStart !== null) {
      const share = (now - this.#layoutStart) / layoutTime
      this.#share = ease(share)
      blend(this.#from, this.#to, this.#share, this.#now)
      if (share >= 1) this.#layoutStart = null
      this.#moved = true
      this.#stale = true
    }
  }

  #draw(now: number): boolean {
    if (this.#lost) return false
    this.#advance(now)
    this.#adapt(now)
    const { width, height } = this.#viewport
    const projected = this.#project()
    this.#cloud?.update(
      {
        viewProjection: viewProjection(this.#camera, this.#viewport, this.#matrix),
        width,
        height,
        focal: focalLength(this.#viewport),
        size: this.#size,
        share: this.#share,
        pixelRatio: this.#ratio * this.#resolution,
      },
      projected,
    )
    this.#renderer.render(this.#scene, this.#eye)
    this.#options.onFrame(this.#loop.frames)
    return this.moving
  }

  /** Chooses the resolution of a frame: that of the pace while the view moves, full once it is still. */
  #adapt(now: number): void {
    if (this.#moved) {
      if (this.#lastMove !== null && now - this.#lastMove < settleTime) {
        this.#pace = afterFrame(this.#pace, now - this.#lastMove)
      }
      this.#lastMove = now
      this.#moved = false
      clearTimeout(this.#settling)
      if (this.#pace.resolution < 1) {
        this.#settling = setTimeout(() => {
          this.#lastMove = null
          this.#loop.request()
        }, settleTime)
      }
    }
    const wanted = this.#lastMove === null ? 1 : this.#pace.resolution
    if (wanted === this.#resolution) return
    this.#resolution = wanted
    this.#applyResolution()
  }

  #applyResolution(): void {
    const { width, height } = this.#viewport
    this.#renderer.setPixelRatio(this.#ratio * this.#resolution)
    this.#renderer.setSize(width, height, false)
  }
}
