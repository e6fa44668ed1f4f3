/** Positions of sprites: how large they are, and where they are on the way from one layout to the next. */

/** Side of a sprite in the map's unit so that sprites fill about a third of the space that `count` of them have. */
export function naturalSpriteSize(count: number): number {
  // A ball of radius 1 holds 4.19 / count each; the side of that cube, and not wider than an eighth of the layout.
  return Math.min(0.25, 0.72 * Math.cbrt(4.19 / Math.max(1, count)))
}

/** Writes the positions a share of the way from one layout to another. */
export function blend(from: Float32Array, to: Float32Array, share: number, out: Float32Array): Float32Array {
  for (let n = 0; n < out.length; n++) {
    const a = from[n] ?? 0
    out[n] = a + ((to[n] ?? 0) - a) * share
  }
  return out
}

/** Puts a layout into the order of `items`, when a map lists them otherwise; items that the map lacks lie at the centre. */
export function inOrderOf(items: Int32Array, mapItems: Int32Array, positions: Float32Array): Float32Array {
  let same = items.length === mapItems.length
  for (let n = 0; same && n < items.length; n++) same = items[n] === mapItems[n]
  if (same) return positions
  const places = placesOf(mapItems)
  const out = new Float32Array(items.length * 3)
  items.forEach((id, n) => {
    const place = places.get(id)
    if (place !== undefined) out.set(positions.subarray(place * 3, place * 3 + 3), n * 3)
  })
  return out
}

/** Where each id stands in a list. */
export function placesOf(items: Int32Array): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  items.forEach((id, place) => places.set(id, place))
  return places
}
