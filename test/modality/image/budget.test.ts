import { expect, it } from 'vitest'
import { Budget } from '../../../src-main/modality/image/budget'

it('lets in what fits, in the order of arrival, and what is larger than all of it alone', async () => {
  const budget = new Budget(10)
  const log: string[] = []
  const release: Record<string, () => void> = {}
  const work = (name: string, cost: number): Promise<void> =>
    budget.with(cost, async () => {
      log.push(name)
      await new Promise<void>((resolve) => (release[name] = resolve))
    })
  const all = [work('a', 6), work('b', 4), work('huge', 99), work('small', 1)]
  await Promise.resolve()
  expect(log).toEqual(['a', 'b'])
  release['a']?.()
  await all[0]
  expect(log).toEqual(['a', 'b'])
  release['b']?.()
  await all[1]
  await new Promise(setImmediate)
  expect(log).toEqual(['a', 'b', 'huge'])
  release['huge']?.()
  await all[2]
  await new Promise(setImmediate)
  release['small']?.()
  await Promise.all(all)
  expect(log).toEqual(['a', 'b', 'huge', 'small'])
})

it('gives back what failed work held', async () => {
  const budget = new Budget(1)
  await expect(budget.with(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(budget.with(1, () => Promise.resolve(7))).resolves.toBe(7)
})
