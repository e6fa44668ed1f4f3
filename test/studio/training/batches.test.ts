import { describe, expect, test } from 'vitest'
import { Batches, type BatchOptions } from '../../../src-main/studio/training/batches'

const plain = { flipHorizontal: false, flipVertical: false, shift: 0, rotate: 0, scale: 0, color: 0, share: 1 }

function batches(given: Partial<BatchOptions> = {}): Batches {
  return new Batches({
    ids: Int32Array.from({ length: 10 }, (_, index) => index + 1),
    seed: 3,
    size: 4,
    shape: { height: 2, width: 2, channels: 1 },
    augmentation: plain,
    fill: 'edge',
    read: (ids, into) => {
      ids.forEach((id, slot) => into.fill(id, slot * 4, slot * 4 + 4))
      return Promise.resolve(into)
    },
    ...given,
  })
}

describe('batches', () => {
  test('show every item exactly once an epoch, though the epoch is no whole number of batches', () => {
    const all = Array.from({ length: 5 }, (_, step) => Array.from(batches().idsAt(step))).flat()
    const sorted = (ids: number[]) => [...ids].sort((a, b) => a - b)
    const everyone = Array.from({ length: 10 }, (_, index) => index + 1)
    expect(sorted(all.slice(0, 10))).toEqual(everyone)
    expect(sorted(all.slice(10, 20))).toEqual(everyone)
    expect(all.slice(0, 10)).not.toEqual(all.slice(10, 20))
  })

  test('follow from seed and step alone, in whatever order steps are asked for', () => {
    const forward = batches()
    const steps = Array.from({ length: 40 }, (_, step) => forward.idsAt(step))
    const late = batches()
    expect(late.idsAt(33)).toEqual(steps[33])
    expect(late.idsAt(7)).toEqual(steps[7])
    expect(batches({ seed: 4 }).idsAt(0)).not.toEqual(steps[0])
  })

  test('are no larger than the collection', () => {
    const small = batches({ size: 64 })
    expect(small.size).toBe(10)
    expect(small.stepsPerEpoch).toBe(1)
    expect(small.epochAt(3)).toBe(3)
  })

  test('hold the pictures of their items, and the same augmentation each time a step comes again', async () => {
    const pictures = await batches().picturesAt(2)
    expect(Array.from(batches().idsAt(2), (id) => [id, id, id, id]).flat()).toEqual(Array.from(pictures))
    const moved = batches({ augmentation: { ...plain, flipHorizontal: true, shift: 1 } })
    expect(await moved.picturesAt(5)).toEqual(await moved.picturesAt(5))
  })
  test('change the share of their pictures that was asked for, and leave the others as they are', async () => {
    const count = 500
    const ids = Int32Array.from({ length: count }, (_, index) => index % 250)
    const read: BatchOptions['read'] = (items, into) => {
      items.forEach((id, slot) => into.set([id, 255, 255, 255], slot * 4))
      return Promise.resolve(into)
    }
    // a picture that is mirrored half the time shows which were changed
    const changedAt = async (share: number): Promise<number> => {
      const shown = batches({ ids, size: count, read, augmentation: { ...plain, flipHorizontal: true, share } })
      const pictures = await shown.picturesAt(0)
      return Array.from({ length: count }, (_, slot) => pictures[slot * 4]).filter((corner) => corner === 255).length
    }
    expect(await changedAt(0)).toBe(0)
    expect(Math.abs((await changedAt(1)) / count - 0.5)).toBeLessThan(0.1)
    expect(Math.abs((await changedAt(0.4)) / count - 0.2)).toBeLessThan(0.08)
  })
})
