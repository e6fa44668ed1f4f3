/**
 * A small seeded generator for choices that have nothing to do with training: which pictures a preview shows, what a
 * sample draws. (mulberry32, Tommy Ettinger 2017, public domain: 32 bits of state, full period.)
 */
export function seededRandom(seed: number): () => number {
  let state = Math.imul((seed ^ (seed / 2 ** 32)) >>> 0, 0x9e3779b1) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Whole numbers below `count` in random order, each once, drawn as they are needed (Fisher and Yates, sparse). */
export function* drawWithoutRepetition(count: number, random: () => number): Generator<number> {
  const moved = new Map<number, number>()
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (count - at))
    const drawn = moved.get(other) ?? other
    moved.set(other, moved.get(at) ?? at)
    moved.delete(at)
    yield drawn
  }
}
