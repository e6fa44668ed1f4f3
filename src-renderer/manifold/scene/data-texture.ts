/** Per-item data as textures that the vertex shader reads by index. */
import { DataTexture, FloatType, NearestFilter, RedFormat, RGBAFormat, UnsignedByteType } from 'three'
import { dataWidth } from './sprite-shader'

const rowsFor = (count: number): number => Math.max(1, Math.ceil(count / dataWidth))

function plain<Data extends Float32Array | Uint8Array>(texture: DataTexture): DataTexture & { image: { data: Data } } {
  texture.magFilter = NearestFilter
  texture.minFilter = NearestFilter
  texture.generateMipmaps = false
  texture.needsUpdate = true
  return texture as DataTexture & { image: { data: Data } }
}

export type PositionTexture = ReturnType<typeof positionTexture>
export type StyleTexture = ReturnType<typeof styleTexture>
export type OrderTexture = ReturnType<typeof orderTexture>

/** Room for `count` positions, four floats each: the fourth is the slot of the whole picture plus one, 0 for none. */
export function positionTexture(count: number) {
  const data = new Float32Array(dataWidth * rowsFor(count) * 4)
  return plain<Float32Array>(new DataTexture(data, dataWidth, rowsFor(count), RGBAFormat, FloatType))
}

/** Room for `count` styles: red, green, blue, and the bits of `styleBits`. */
export function styleTexture(count: number) {
  const data = new Uint8Array(dataWidth * rowsFor(count) * 4)
  return plain<Uint8Array>(new DataTexture(data, dataWidth, rowsFor(count), RGBAFormat, UnsignedByteType))
}

/** Room for the numbers of `count` sprites in the order in which they are drawn. */
export function orderTexture(count: number) {
  const data = new Float32Array(dataWidth * rowsFor(count))
  return plain<Float32Array>(new DataTexture(data, dataWidth, rowsFor(count), RedFormat, FloatType))
}

/** Says which slot holds a sprite's whole picture; -1 for none. */
export function writeSlot(texture: PositionTexture, index: number, slot: number): void {
  texture.image.data[index * 4 + 3] = slot + 1
  texture.needsUpdate = true
}

/** Copies [count, 3] positions into a texture. */
export function writePositions(texture: PositionTexture, positions: Float32Array): void {
  const { data } = texture.image
  for (let n = 0, to = 0; n < positions.length; n += 3, to += 4) {
    data[to] = positions[n] ?? 0
    data[to + 1] = positions[n + 1] ?? 0
    data[to + 2] = positions[n + 2] ?? 0
  }
  texture.needsUpdate = true
}
