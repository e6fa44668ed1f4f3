/**
 * The only source of chance in Varia: xoshiro128** (Blackman & Vigna 2018), seeded through a hash of a seed and the name
 * of what is drawn. Drawn in JavaScript, so every backend sees the same numbers; `Random.for` derives a generator from
 * where one is in a run (`Random.for(seed, 'noise', step)`), so a resumed run draws what an uninterrupted one would have.
 */

const unit = 2 ** -32

/** 32 bits of a generator's place: four words, not all zero. */
export type RandomState = readonly [number, number, number, number]

export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  private constructor([a, b, c, d]: RandomState) {
    this.a = a
    this.b = b
    this.c = c
    this.d = d
  }

  /** The generator that belongs to `stream` under `seed`: the same arguments always give the same numbers. */
  static for(seed: number, ...stream: readonly (number | string)[]): Random {
    const hash = new StreamHash()
    hash.number(seed)
    for (const part of stream) {
      if (typeof part === 'number') hash.number(part)
      else hash.text(part)
    }
    return new Random(hash.state())
  }

  /** The generator in a given state, as the algorithm's published code is given one. */
  static from(state: RandomState): Random {
    return new Random(state)
  }

  /** 32 random bits, 0 to 2^32 - 1. */
  bits(): number {
    const x = Math.imul(this.b, 5)
    const result = Math.imul((x << 7) | (x >>> 25), 9)
    const t = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= t
    this.d = (this.d << 11) | (this.d >>> 21)
    return result >>> 0
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() * unit
  }

  /** An integer from 0 to n - 1, each as likely as the other (Lemire's rejection is not needed: n is far below 2^32). */
  below(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  /** n standard normals, by Marsaglia's polar method; both halves of each pair are used. */
  normals(n: number): Float32Array {
    const values = new Float32Array(n)
    for (let i = 0; i < n;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const s = u * u + v * v
      if (s <= 0 || s >= 1) continue
      const factor = Math.sqrt((-2 * Math.log(s)) / s)
      values[i++] = u * factor
      if (i < n) values[i++] = v * factor
    }
    return values
  }

  /** n uniforms in [0, 1). */
  uniforms(n: number): Float32Array {
    const values = new Float32Array(n)
    // 24 bits, so that rounding to float32 never gives 1
    for (let i = 0; i < n; i++) values[i] = (this.bits() >>> 8) * 2 ** -24
    return values
  }

  /** n numbers, each 0 with a probability of `share` and `kept` otherwise. */
  mask(n: number, share: number, kept = 1): Float32Array {
    const values = this.uniforms(n)
    // a loop, since `map` on a typed array takes ten times as long
    for (let i = 0; i < n; i++) values[i] = (values[i] ?? 0) < share ? 0 : kept
    return values
  }

  /** The numbers 0 to n - 1 in random order (Fisher & Yates). */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n)
    for (let i = 0; i < n; i++) {
      const j = this.below(i + 1)
      order[i] = order[j] ?? 0
      order[j] = i
    }
    return order
  }
}

/** Four lanes of MurmurHash3's mixing over the words of a seed and a stream's name, each lane with its own start and multiplier. */
class StreamHash {
  private readonly lanes = new Int32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344])
  private words = 0

  number(value: number): void {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, value)
    this.word(0x6e756d)
    this.word(view.getUint32(0))
    this.word(view.getUint32(4))
  }

  text(value: string): void {
    this.word(0x747874 ^ value.length)
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i))
  }

  state(): RandomState {
    const lane = (i: number): number => finalise((this.lanes[i] ?? 0) ^ this.words)
    // `| 1` on one word: the all-zero state is the only one xoshiro never leaves
    return [lane(0), lane(1), lane(2), lane(3) | 1]
  }

  private word(value: number): void {
    for (let i = 0; i < 4; i++) {
      const multiplier = multipliers[i] ?? 1
      let k = Math.imul(value, multiplier)
      k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
      const h = (this.lanes[i] ?? 0) ^ k
      this.lanes[i] = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64
    }
    this.words++
  }
}

const multipliers = [0xcc9e2d51, 0x239b961b, 0xab0e9789, 0x38b34ae5]

function finalise(value: number): number {
  let h = value
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}
