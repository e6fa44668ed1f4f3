/** The order in which sprites are drawn: a counting sort over depth, so that 100,000 of them cost a millisecond or two. */
import type { Projected } from './projection'

const buckets = 1 << 14

export interface DrawOrder {
  /** Indices of what is drawn, as floats for the shader's texture; there may be room for more than there are sprites. */
  readonly items: Float32Array
  drawn: number
  readonly counts: Uint32Array
}

export function drawOrderRoom(count: number, items: Float32Array = new Float32Array(count)): DrawOrder {
  return { items, drawn: 0, counts: new Uint32Array(buckets + 1) }
}

/**
 * Sorts the visible sprites by depth: nearest first for opaque pictures (what they cover is then skipped by the depth
 * test), farthest first for transparent ones. Sprites of equal depth keep their order.
 */
export function sortByDepth(sprites: Projected, farthestFirst: boolean, order: DrawOrder): DrawOrder {
  const { counts, items } = order
  let low = Infinity
  let high = -Infinity
  let drawn = 0
  for (let n = 0; n < sprites.count; n++) {
    if ((sprites.half[n] ?? 0) <= 0) continue
    drawn += 1
    const depth = sprites.depth[n] ?? 0
    if (depth < low) low = depth
    if (depth > high) high = depth
  }
  order.drawn = drawn
  if (drawn === 0) return order
  const scale = high > low ? (buckets - 1) / (high - low) : 0
  const bucketOf = (n: number): number => {
    const near = Math.floor(((sprites.depth[n] ?? 0) - low) * scale)
    return farthestFirst ? buckets - 1 - near : near
  }
  counts.fill(0)
  for (let n = 0; n < sprites.count; n++) {
    if ((sprites.half[n] ?? 0) > 0) {
      const bucket = bucketOf(n) + 1
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
  }
  for (let b = 1; b <= buckets; b++) counts[b] = (counts[b] ?? 0) + (counts[b - 1] ?? 0)
  for (let n = 0; n < sprites.count; n++) {
    if ((sprites.half[n] ?? 0) <= 0) continue
    const bucket = bucketOf(n)
    const place = counts[bucket] ?? 0
    items[place] = n
    counts[bucket] = place + 1
  }
  return order
}
