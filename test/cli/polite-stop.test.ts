import { expect, test } from 'vitest'
import { PoliteStop } from '../../src-main/cli/polite-stop'

test('the first signal asks, the next key press ends; one press that arrives twice is one', () => {
  let now = 0
  let ends = 0
  const stop = new PoliteStop(
    () => (ends += 1),
    () => now,
  )
  expect(stop.signal.aborted).toBe(false)
  stop.hear()
  now += 15
  stop.hear()
  expect([stop.signal.aborted, ends]).toEqual([true, 0])
  now += 3000
  stop.hear()
  expect(ends).toBe(1)
})
