/**
 * The manifold on a canvas. It owns the surface and everything on it, draws a frame only when something changed, and comes
 * back by itself when the context was lost. What is where on the screen is answered by the kernels, on the CPU.
 */
import { Camera as ThreeCamera, Scene } from 'three'
import type { PictureStack } from '../../../src-main/contract/binary'
import { type Camera, focalLength, type Vector, viewProjection, type Viewport } from '../camera'
import { closeUpSlots, nearAndLarge, softFrom } from '../close-ups'
import { frame, type Insets } from '../framing'
import { project, projectedRoom } from '../projection'
import type { Speed } from '../trail'
import { CameraMotion } from './camera-motion'
import { FrameLoop } from './frame-loop'
import { LayoutMotion } from './layout-motion'
import { MotionResolution } from './motion-resolution'
import { ScreenSprites } from './screen-sprites'
import { type CloudColors, type CloudShape, SpriteCloud } from './sprite-cloud'
import { Surface } from './surface'

export interface SceneOptions {
  readonly canvas: HTMLCanvasElement
  readonly colors: CloudColors
  /** True when nothing should move by itself. */
  readonly stillness: () => boolean
  /** After each frame: what hangs on the scene follows it. */
  readonly onFrame: (frames: number) => void
  readonly onContext: (state: 'lost' | 'restored') => void
}

export class ManifoldScene {
  readonly #options: SceneOptions
  readonly #surface: Surface
  readonly #scene = new Scene()
  readonly #eye = new ThreeCamera()
  readonly #loop: FrameLoop
  readonly #matrix = new Float32Array(16)
  readonly #motion = new CameraMotion()
  readonly #resolution = new MotionResolution(() => this.#loop.request())
  #cloud: SpriteCloud | null = null
  #colors: CloudColors
  #layout = new LayoutMotion(0)
  #sprites = new ScreenSprites(0, () => 255)
  #size = 0.1
  #moved = false

  /** @throws NoWebGl when WebGL 2 is not to be had. */
  constructor(options: SceneOptions) {
    this.#options = options
    this.#colors = options.colors
    this.#surface = new Surface(options.canvas, options.colors.page, (state) => {
      if (state === 'restored') this.invalidate()
      options.onContext(state)
    })
    this.#scene.matrixAutoUpdate = false
    this.#loop = new FrameLoop((now) => this.#draw(now))
    this.invalidate()
  }

  get camera(): Camera {
    return this.#motion.camera
  }
  /** Where the camera is, or where it is flying to. */
  get goal(): Camera {
    return this.#motion.goal
  }
  get viewport(): Viewport {
    return this.#surface.viewport
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
    return cloud.withoutCloseUp(nearAndLarge(this.sprites.projected, softFrom(cell, this.#surface.ratio), closeUpSlots))
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
    this.#surface.setGround(colors.page)
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
    this.#surface.resize({ width, height }, ratio, this.#resolution.share)
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

  /** The view from where the given items, or all of them, lie whole in the free part of the canvas. */
  framing(indices: readonly number[] | null, facing: Camera, covered: Insets): Camera {
    return frame(facing, this.#layout.to, indices, this.#size, this.viewport, covered)
  }

  /** The sprites as they lie on the screen now. */
  get sprites(): ScreenSprites {
    this.#sprites.update(this.#layout.now, this.camera, this.viewport, this.#size)
    return this.#sprites
  }

  /** Where a point of the map is on the screen; null when it is behind the eye. */
  placeOnScreen(point: Vector): { x: number; y: number } | null {
    const room = projectedRoom(1)
    project(Float32Array.from(point), this.camera, this.viewport, this.#size, room)
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
    this.#cloud?.dispose()
    this.#surface.dispose()
  }

  #draw(now: number): boolean {
    if (this.#surface.lost) return false
    const flown = this.#motion.advance(now, this.viewport)
    const laid = this.#layout.advance(now)
    if (flown || laid) this.#sprites.invalidate()
    if (this.#resolution.frame(now, flown || laid || this.#moved)) this.#surface.resolve(this.#resolution.share)
    this.#moved = false
    const { width, height } = this.viewport
    this.#cloud?.update(
      {
        viewProjection: viewProjection(this.camera, this.viewport, this.#matrix),
        width,
        height,
        focal: focalLength(this.viewport),
        size: this.#size,
        share: this.#layout.share,
        pixelRatio: this.#surface.ratio * this.#resolution.share,
      },
      this.sprites.projected,
    )
    this.#surface.draw(this.#scene, this.#eye)
    this.#options.onFrame(this.#loop.frames)
    return this.moving
  }
}
