/**
 * The canvas that a scene is drawn on: its WebGL context, which may be lost and come back, its size and resolution, the
 * colour behind everything.
 */
import { type Camera, Color, type Scene, WebGLRenderer } from 'three'
import type { Viewport } from '../camera'
import type { Rgb } from '../color-scale'

/** Screens are never drawn finer than this, device pixels a CSS pixel. */
const finest = 2

/** WebGL 2 is switched off or missing. */
export class NoWebGl extends Error {
  constructor() {
    super('WebGL 2 is not available here.')
    this.name = 'NoWebGl'
  }
}

export class Surface {
  /** CSS pixels. */
  viewport: Viewport = { width: 1, height: 1 }
  /** Device pixels a CSS pixel in full resolution. */
  ratio = 1
  readonly #renderer: WebGLRenderer
  readonly #off: (() => void)[] = []
  #ground: Rgb
  #lost = false

  /** @throws NoWebGl when WebGL 2 is not to be had. */
  constructor(canvas: HTMLCanvasElement, ground: Rgb, onContext: (state: 'lost' | 'restored') => void) {
    const context = canvas.getContext('webgl2', { alpha: false, antialias: false, powerPreference: 'high-performance' })
    if (context === null) throw new NoWebGl()
    this.#renderer = new WebGLRenderer({ canvas, context, alpha: false, antialias: false })
    this.#renderer.autoClear = true
    this.#ground = ground
    this.setGround(ground)
    const listen = (name: string, listener: () => void): void => {
      canvas.addEventListener(name, listener)
      this.#off.push(() => canvas.removeEventListener(name, listener))
    }
    listen('webglcontextlost', () => {
      this.#lost = true
      onContext('lost')
    })
    listen('webglcontextrestored', () => {
      this.#lost = false
      // three.js brings back what it knows of; the colour behind everything is not among it.
      this.setGround(this.#ground)
      onContext('restored')
    })
  }

  /** True while the driver has taken the context away. */
  get lost(): boolean {
    return this.#lost
  }

  /** The colour behind everything. */
  setGround(ground: Rgb): void {
    this.#ground = ground
    const [r, g, b] = ground
    this.#renderer.setClearColor(new Color().setRGB(r / 255, g / 255, b / 255, this.#renderer.outputColorSpace), 1)
  }

  /** Takes another size, drawn in a share of its full resolution. */
  resize(viewport: Viewport, ratio: number, share: number): void {
    this.viewport = viewport
    this.ratio = Math.min(finest, ratio)
    this.resolve(share)
  }

  /** Draws in a share of the full resolution from now on. */
  resolve(share: number): void {
    this.#renderer.setPixelRatio(this.ratio * share)
    this.#renderer.setSize(this.viewport.width, this.viewport.height, false)
  }

  draw(scene: Scene, eye: Camera): void {
    this.#renderer.render(scene, eye)
  }

  dispose(): void {
    for (const off of this.#off) off()
    this.#renderer.dispose()
    // Lets the browser have the context back now: it allows only a few of them.
    if (!this.#lost) this.#renderer.forceContextLoss()
  }
}
