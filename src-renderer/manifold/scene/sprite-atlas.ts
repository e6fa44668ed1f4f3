/** The sprites' pictures on the GPU: tiles of a texture array with their smaller copies, kept here to survive context loss. */
import {
  ClampToEdgeWrapping,
  DataArrayTexture,
  LinearFilter,
  LinearMipmapNearestFilter,
  RedFormat,
  RGBAFormat,
  UnsignedByteType,
} from 'three'
import type { PictureStack } from '../../../src-main/contract/binary'
import { type CellLayout, cellOf, writeCell } from '../atlas-layout'

export class SpriteAtlas {
  readonly texture: DataArrayTexture
  readonly layout: CellLayout
  /** Sprites whose pictures are there, counted from the first. */
  loaded = 0
  readonly #tiles: Uint8Array<ArrayBuffer>

  constructor(layout: CellLayout) {
    this.layout = layout
    const { tile, tiles, bytesPerPixel } = layout
    this.#tiles = new Uint8Array(tile * tile * tiles * bytesPerPixel)
    this.texture = new DataArrayTexture(this.#tiles, tile, tile, tiles)
    this.texture.format = bytesPerPixel === 1 ? RedFormat : RGBAFormat
    this.texture.type = UnsignedByteType
    this.texture.magFilter = LinearFilter
    this.texture.minFilter = LinearMipmapNearestFilter
    this.texture.wrapS = ClampToEdgeWrapping
    this.texture.wrapT = ClampToEdgeWrapping
    this.texture.generateMipmaps = true
    this.texture.unpackAlignment = 1
    this.texture.needsUpdate = true
  }

  /** Adds pictures of the atlas's cell size for the sprites from `offset` on. */
  add(offset: number, stack: PictureStack): void {
    const { layout } = this
    if (stack.width !== layout.cell || stack.height !== layout.cell) return
    const size = layout.cell * layout.cell * stack.channels
    for (let n = 0; n < stack.count; n++) {
      writeCell(this.#tiles, layout, offset + n, { data: stack.data, offset: n * size, channels: stack.channels })
    }
    const last = cellOf(offset + stack.count - 1, layout).tile
    for (let tile = cellOf(offset, layout).tile; tile <= last; tile++) this.texture.addLayerUpdate(tile)
    this.loaded = Math.max(this.loaded, offset + stack.count)
    this.texture.needsUpdate = true
  }

  /** Alpha of a sprite's picture at (u, v), 0 to 255; opaque where it is not there yet. */
  alphaAt(index: number, u: number, v: number): number {
    const { cell, tile, bytesPerPixel } = this.layout
    if (bytesPerPixel === 1 || index >= this.loaded) return 255
    const place = cellOf(index, this.layout)
    const x = place.x + Math.min(cell - 1, Math.floor(u * cell))
    const y = place.y + Math.min(cell - 1, Math.floor(v * cell))
    return this.#tiles[((place.tile * tile + y) * tile + x) * 4 + 3] ?? 255
  }

  dispose(): void {
    this.texture.dispose()
  }
}
