/**
 * The manifold on a canvas. It owns the WebGL context and everything on it, draws a frame only when something changed, and
 * comes back by itself when the context was lost. What is where on the screen is answered by the kernels, on the CPU.
 */
import { Camera as ThreeCamera, Color, Scene, WebGLRenderer } from 'three'
import type { PictureStack } from '../../../src-main/contract/binary'
import { boundsOf, type Camera, focalLength, frame, type Vector, viewProjection, type Viewport } from '../camera'
import { closeUpSlots, nearAndLarge, softFrom } from '../close-ups'
import { project, projectedRoom } from '../projection'
import type { Speed } from '../trail'
import { CameraMotion } from './camera-motion'
import { FrameLoop } from './frame-loop'
import { LayoutMotion } from './layout-motion'
import { MotionResolution } from './motion-resolution'
import { ScreenSprites } from './screen-sprites'
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

/** Screens are never drawn finer than this, device pixels a CSS pixel. */
const finest = 2

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
  readonly #motion = new CameraMotion()
  readonly #resolution = new MotionResolution(() => this.#loop.request())
  #cloud: SpriteCloud | null = null
  #colors: CloudColors
  #viewport: Viewport = { width: 1, height: 1 }
  #ratio = 1
  #layout = new LayoutMotion(0)
  #sprites = new ScreenSprites(0, () => 255)
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
    return this.#motion.camera
  }
  get viewport(): Viewport {
    return this.#viewport
  }
  /** True while the camera or the layout moves by itself: what is under the pointer will be somewhere else in a moment. */
  get moving(): boolean {
    return this.#motion.moving || this.#layout.moving
  }

  /** Takes new items; pictures and positions come after. */
  setItems(shape: CloudShape): void {
    if (this.#cloud !== null) {
      this.#scene.remove(this.#cloud.mesh)
      this.#cloud.dispose()
    }
    const cloud = new SpriteCloud(shape)
    cloud.setColors(this.#colors)
    this.#scene.add(cloud.mesh)
    this.#cloud = cloud
    this.#sprites = new ScreenSprites(shape.count, (index, u, v) => cloud.atlas.alphaAt(index, u, v))
    this.#layout = new LayoutMotion(shape.count)
    this.invalidate()
  }

  addPictures(offset: number, stack: PictureStack): void {
    this.#cloud?.atlas.add(offset, stack)
    this.invalidate()
  }

  /** Sprites, of whole pictures `side` pixels wide, that look soft as they are and have no sharper picture yet. */
  wantedCloseUps(side: number): number[] {
    const cloud = this.#cloud
    if (cloud === null || this.moving) return []
    const { cell } = cloud.shape.layout
    if (side <= cell) return []
    return cloud.withoutCloseUp(nearAndLarge(this.sprites.projected, softFrom(cell, this.#ratio), closeUpSlots))
  }

  /** Whole pictures of sprites. */
  addCloseUps(indices: readonly number[], stack: PictureStack): void {
    this.#cloud?.addCloseUps(indices, stack)
    this.invalidate()
  }

  /** Moves every sprite to its place in another layout, softly unless it is the first one or nothing should move. */
  moveTo(positions: Float32Array, animated: boolean, now = performance.now()): void {
    if (this.#cloud === null || positions.length !== this.#layout.to.length) return
    this.#layout.moveTo(positions, animated && !this.#options.stillness(), now)
    this.#cloud.setPositions(this.#layout.from, this.#layout.to)
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
    this.#motion.set(camera)
    this.#moved = true
    this.invalidate()
  }

  flyTo(camera: Camera, now = performance.now()): void {
    if (this.#options.stillness()) {
      this.setCamera(camera)
      return
    }
    this.#motion.fly(camera, now)
    this.invalidate()
  }

  /** Turns on for a moment with the speed a hand had when it let go; never where nothing should move by itself. */
  fling(speed: Speed, now = performance.now()): void {
    if (this.#options.stillness()) return
    this.#motion.fling(speed, now)
    this.invalidate()
  }

  /** A hand takes hold of the view: it stops where it is. */
  hold(): void {
    this.#motion.rest()
  }

  /** Shows the given items, or all of them. */
  frameItems(indices: readonly number[] | null, facing: Camera = this.camera): void {
    this.flyTo(frame(facing, boundsOf(this.#layout.to, indices), this.#viewport))
  }

  /** The sprites as they lie on the screen now. */
  get sprites(): ScreenSprites {
    this.#sprites.update(this.#layout.now, this.camera, this.#viewport, this.#size)
    return this.#sprites
  }

  /** Where a point of the map is on the screen; null when it is behind the eye. */
  placeOnScreen(point: Vector): { x: number; y: number } | null {
    const room = projectedRoom(1)
    project(Float32Array.from(point), this.camera, this.#viewport, this.#size, room)
    const half = room.half[0] ?? 0
    return half > 0 ? { x: room.x[0] ?? 0, y: room.y[0] ?? 0 } : null
  }

  positionOf(index: number): Vector {
    const { now } = this.#layout
    return [now[index * 3] ?? 0, now[index * 3 + 1] ?? 0, now[index * 3 + 2] ?? 0]
  }

  /** A scene that is out of sight draws nothing. */
  set visible(visible: boolean) {
    this.#loop.asleep = !visible
  }

  /** Something changed: draw a frame. */
  invalidate(): void {
    this.#sprites.invalidate()
    this.#loop.request()
  }

  dispose(): void {
    this.#loop.stop()
    this.#resolution.stop()
    for (const off of this.#off) off()
    this.#cloud?.dispose()
    this.#renderer.dispose()
    // Lets the browser have the context back now: it allows only a few of them.
    if (!this.#lost) this.#renderer.forceContextLoss()
  }

  #draw(now: number): boolean {
    if (this.#lost) return false
    const flown = this.#motion.advance(now, this.#viewport)
    const laid = this.#layout.advance(now)
    if (flown || laid) this.#sprites.invalidate()
    if (this.#resolution.frame(now, flown || laid || this.#moved)) this.#applyResolution()
    this.#moved = false
    const { width, height } = this.#viewport
    this.#cloud?.update(
      {
        viewProjection: viewProjection(this.camera, this.#viewport, this.#matrix),
        width,
        height,
        focal: focalLength(this.#viewport),
        size: this.#size,
        share: this.#layout.share,
        pixelRatio: this.#ratio * this.#resolution.share,
      },
      this.sprites.projected,
    )
    this.#renderer.render(this.#scene, this.#eye)
    this.#options.onFrame(this.#loop.frames)
    return this.moving
  }

  #applyResolution(): void {
    const { width, height } = this.#viewport
    this.#renderer.setPixelRatio(this.#ratio * this.#resolution.share)
    this.#renderer.setSize(width, height, false)
  }
}
