/** All items as one draw call: quads whose data lies in textures. */
import {
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  GLSL3,
  type IUniform,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  Vector2,
  Vector3,
} from 'three'
import type { ChannelCount, PictureStack } from '../../../src-main/contract/binary'
import { slicePictures } from '../../ui/pixels'
import { type AtlasLayout, layoutWhole } from '../atlas-layout'
import { closeUpSlots, SlotCache } from '../close-ups'
import type { Rgb } from '../color-scale'
import { type DrawOrder, drawOrderRoom, sortByDepth } from '../draw-order'
import { largestHalf, type Projected, smallestHalf } from '../projection'
import {
  orderTexture,
  type OrderTexture,
  positionTexture,
  type PositionTexture,
  styleTexture,
  type StyleTexture,
  writePositions,
  writeSlot,
} from './data-texture'
import { SpriteAtlas } from './sprite-atlas'
import { fragmentShader, styleBits, vertexShader } from './sprite-shader'

export interface CloudShape {
  readonly count: number
  readonly channels: ChannelCount
  readonly layout: AtlasLayout
}

/** What a frame needs to know of the view. */
export interface CloudView {
  readonly viewProjection: Float32Array
  readonly width: number
  readonly height: number
  readonly focal: number
  readonly size: number
  readonly share: number
  readonly pixelRatio: number
}

export interface CloudColors {
  readonly page: Rgb
  readonly waiting: Rgb
  readonly selected: Rgb
  readonly hovered: Rgb
}

const setColor = (uniform: IUniform<Vector3> | undefined, [r, g, b]: Rgb): void => {
  uniform?.value.set(r / 255, g / 255, b / 255)
}

export class SpriteCloud {
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>
  readonly atlas: SpriteAtlas
  readonly shape: CloudShape
  readonly #from: PositionTexture
  readonly #to: PositionTexture
  readonly #styles: StyleTexture
  readonly #order: DrawOrder
  readonly #items: OrderTexture
  readonly #uniforms: Record<string, IUniform>
  readonly #slots = new SlotCache(closeUpSlots)
  /** Whole pictures of what is near; made when the first of them come. */
  #whole: SpriteAtlas | null = null
  #selected: readonly number[] = []
  #hovered = -1

  constructor(shape: CloudShape) {
    this.shape = shape
    const { count, channels, layout } = shape
    this.atlas = new SpriteAtlas(layout)
    this.#from = positionTexture(count)
    this.#to = positionTexture(count)
    this.#styles = styleTexture(count)
    this.#items = orderTexture(count)
    this.#order = drawOrderRoom(count, this.#items.image.data)
    const geometry = new BufferGeometry()
    geometry.setIndex(new BufferAttribute(quadIndices(count), 1))
    geometry.setDrawRange(0, 0)
    const uniforms = {
      drawOrder: { value: this.#items },
      fromPositions: { value: this.#from },
      toPositions: { value: this.#to },
      styles: { value: this.#styles },
      share: { value: 1 },
      viewProjection: { value: new Float32Array(16) },
      viewport: { value: new Vector2(1, 1) },
      focal: { value: 1 },
      size: { value: 0.1 },
      halfLimits: { value: new Vector2(smallestHalf, largestHalf) },
      atlas: { value: new Vector3(layout.cell, layout.cellsPerRow, layout.cellsPerTile) },
      pictures: { value: this.atlas.texture },
      wholePictures: { value: this.atlas.texture },
      selectedColor: { value: new Vector3() },
      hoveredColor: { value: new Vector3() },
      pageColor: { value: new Vector3() },
      waitingColor: { value: new Vector3() },
      loaded: { value: 0 },
      pixelRatio: { value: 1 },
      gray: { value: channels === 1 },
    }
    this.#uniforms = uniforms
    // Opaque pictures rely on the depth test and are drawn nearest first; transparent ones are laid over each other.
    const transparent = channels === 4
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms,
      // A shader that discards nothing lets the GPU skip what is covered before shading it.
      defines: transparent ? { TRANSPARENT: '' } : {},
      transparent,
      depthTest: !transparent,
      depthWrite: !transparent,
    })
    if (transparent) {
      material.blending = CustomBlending
      material.blendSrc = OneFactor
      material.blendDst = OneMinusSrcAlphaFactor
    }
    this.mesh = new Mesh(geometry, material)
    this.mesh.frustumCulled = false
  }

  /** Sets the layouts that `share` blends between. */
  setPositions(from: Float32Array, to: Float32Array): void {
    writePositions(this.#from, from)
    writePositions(this.#to, to)
  }

  setColors({ page, waiting, selected, hovered }: CloudColors): void {
    setColor(this.#uniforms['pageColor'], page)
    setColor(this.#uniforms['waitingColor'], waiting)
    setColor(this.#uniforms['selectedColor'], selected)
    setColor(this.#uniforms['hoveredColor'], hovered)
  }

  /** [count, 3] colours of the frames, or null for none; `faded` says which items step back. */
  setTints(colors: Uint8Array | null, faded: ((index: number) => boolean) | null): void {
    const { data } = this.#styles.image
    for (let n = 0; n < this.shape.count; n++) {
      const kept = (data[n * 4 + 3] ?? 0) & (styleBits.selected | styleBits.hovered)
      for (let k = 0; k < 3; k++) data[n * 4 + k] = colors?.[n * 3 + k] ?? 0
      data[n * 4 + 3] = kept | (colors === null ? 0 : styleBits.tinted) | (faded?.(n) === true ? styleBits.faded : 0)
    }
    this.#styles.needsUpdate = true
  }

  /** Marks the selected items and the one under the pointer (-1 for none). */
  setMarks(selected: readonly number[], hovered: number): void {
    for (const n of this.#selected) this.#bit(n, styleBits.selected, false)
    for (const n of selected) this.#bit(n, styleBits.selected, true)
    if (this.#hovered >= 0) this.#bit(this.#hovered, styleBits.hovered, false)
    if (hovered >= 0) this.#bit(hovered, styleBits.hovered, true)
    this.#selected = selected
    this.#hovered = hovered
    this.#styles.needsUpdate = true
  }

  /** Those of the wanted sprites whose whole pictures are not here yet. */
  withoutCloseUp(wanted: readonly number[]): number[] {
    this.#slots.want(wanted)
    return wanted.filter((index) => !this.#slots.has(index))
  }

  /** Takes whole pictures of sprites; those that have not been wanted for longest give way. */
  addCloseUps(indices: readonly number[], stack: PictureStack): void {
    this.#whole ??= new SpriteAtlas(layoutWhole(closeUpSlots, this.shape.layout.bytesPerPixel, stack.width))
    const whole = this.#whole
    this.#set('wholePictures', whole.texture)
    indices.slice(0, stack.count).forEach((index, n) => {
      const { slot, lost } = this.#slots.take(index)
      if (lost >= 0) writeSlot(this.#to, lost, -1)
      whole.add(slot, slicePictures(stack, n, 1))
      writeSlot(this.#to, index, slot)
    })
  }

  /** Brings everything up to date for a frame. */
  update(view: CloudView, projected: Projected): void {
    const order = sortByDepth(projected, this.shape.channels === 4, this.#order)
    // Without a depth test what is under the pointer must be drawn last.
    if (this.shape.channels === 4 && this.#hovered >= 0) moveToEnd(order, this.#hovered)
    this.#items.needsUpdate = true
    this.mesh.geometry.setDrawRange(0, order.drawn * 6)
    this.#set('viewProjection', view.viewProjection)
    this.#set('focal', view.focal)
    this.#set('size', view.size)
    this.#set('share', view.share)
    this.#set('pixelRatio', view.pixelRatio)
    this.#set('loaded', this.atlas.loaded)
    const viewport = this.#uniforms['viewport'] as IUniform<Vector2> | undefined
    viewport?.value.set(view.width, view.height)
  }

  dispose(): void {
    this.atlas.dispose()
    this.#whole?.dispose()
    this.#items.dispose()
    this.#from.dispose()
    this.#to.dispose()
    this.#styles.dispose()
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  #set(name: string, value: unknown): void {
    const uniform = this.#uniforms[name]
    if (uniform !== undefined) uniform.value = value
  }

  #bit(index: number, bit: number, on: boolean): void {
    const { data } = this.#styles.image
    const old = data[index * 4 + 3] ?? 0
    data[index * 4 + 3] = on ? old | bit : old & ~bit
  }
}

/** Two triangles for each of `count` quads of four vertices. */
function quadIndices(count: number): Uint32Array {
  const indices = new Uint32Array(count * 6)
  for (let n = 0; n < count; n++) {
    const first = n * 4
    indices.set([first, first + 2, first + 1, first + 1, first + 2, first + 3], n * 6)
  }
  return indices
}

function moveToEnd(order: DrawOrder, index: number): void {
  const { items, drawn } = order
  const place = items.subarray(0, drawn).indexOf(index)
  if (place < 0) return
  items.copyWithin(place, place + 1, drawn)
  items[drawn - 1] = index
}
