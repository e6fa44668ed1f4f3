import { describe, expect, it } from 'vitest'
import { latestWins, superseded } from '../../../src-renderer/app/latest-wins'

/** Work whose calls end when the test says so. */
function controlled(): {
  work: (n: number) => Promise<number>
  started: number[]
  end: (n: number) => void
  fail: (n: number) => void
} {
  const open = new Map<number, { resolve: (n: number) => void; reject: (error: Error) => void }>()
  const started: number[] = []
  return {
    started,
    work: (n) => {
      started.push(n)
      return new Promise((resolve, reject) => open.set(n, { resolve, reject }))
    },
    end: (n) => open.get(n)?.resolve(n * 10),
    fail: (n) => open.get(n)?.reject(new Error(`no ${n}`)),
  }
}

describe('latestWins', () => {
  it('keeps one call in flight and runs only the newest of those that came meanwhile', async () => {
    const { work, started, end } = controlled()
    const latest = latestWins(work)
    const outcomes = [1, 2, 3, 4].map((n) => latest(n))
    expect(started).toEqual([1])
    expect(latest.busy).toBe(true)
    end(1)
    expect(await outcomes[0]).toBe(10)
    expect(await outcomes[1]).toBe(superseded)
    expect(await outcomes[2]).toBe(superseded)
    expect(started).toEqual([1, 4])
    end(4)
    expect(await outcomes[3]).toBe(40)
    expect(latest.busy).toBe(false)
  })

  it('goes on with the newest call after one that failed', async () => {
    const { work, started, end, fail } = controlled()
    const latest = latestWins(work)
    const first = latest(1)
    const second = latest(2)
    fail(1)
    await expect(first).rejects.toThrow('no 1')
    expect(started).toEqual([1, 2])
    end(2)
    expect(await second).toBe(20)
  })

  it('drops what waits and what runs when cancelled', async () => {
    const { work, started, end } = controlled()
    const latest = latestWins(work)
    const first = latest(1)
    const second = latest(2)
    latest.cancel()
    end(1)
    expect(await first).toBe(superseded)
    expect(await second).toBe(superseded)
    expect(started).toEqual([1])
    const third = latest(3)
    end(3)
    expect(await third).toBe(30)
  })
})
