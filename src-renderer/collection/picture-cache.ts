/** Pictures by item, the least lately used dropped when they weigh more than a budget. */
import type { PictureStack } from '../../src-main/contract/binary'

export class PictureCache {
  #kept = new Map<number, PictureStack>()
  #bytes = 0

  /** @param budget bytes kept at most (one picture is kept whatever it weighs) */
  constructor(readonly budget: number) {}

  get bytes(): number {
    return this.#bytes
  }

  get(id: number): PictureStack | undefined {
    const found = this.#kept.get(id)
    if (found === undefined) return undefined
    // A Map keeps the order of insertion: what is used moves to its end.
    this.#kept.delete(id)
    this.#kept.set(id, found)
    return found
  }

  /** Keeps a copy of the picture's bytes, so that the larger stack it was cut from can go. */
  set(id: number, picture: PictureStack): void {
    this.#drop(id)
    const copy = { ...picture, data: picture.data.slice() }
    this.#kept.set(id, copy)
    this.#bytes += copy.data.byteLength
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.budget || oldest === id) break
      this.#drop(oldest)
    }
  }

  clear(): void {
    this.#kept.clear()
    this.#bytes = 0
  }

  #drop(id: number): void {
    const found = this.#kept.get(id)
    if (found === undefined) return
    this.#kept.delete(id)
    this.#bytes -= found.data.byteLength
  }
}
