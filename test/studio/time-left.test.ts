import { expect, test } from 'vitest'
import { TimeLeft } from '../../src-main/studio/jobs/time-left'

test('even work has the time left that division gives', () => {
  const left = new TimeLeft()
  for (let second = 0; second <= 10; second++) left.note(second * 20, second * 1000)
  expect(left.rate()).toBeCloseTo(20)
  expect(left.secondsLeft(1000)).toBeCloseTo(40)
})

test('one long stall hardly moves it', () => {
  const left = new TimeLeft()
  let done = 0
  let now = 0
  for (let step = 0; step < 80; step++) {
    now += step === 60 ? 2000 : 100
    done += 2
    left.note(done, now)
  }
  expect(left.rate()).toBeGreaterThan(17)
})

test('work that slows down for good is judged by how fast it goes now', () => {
  const left = new TimeLeft()
  let done = 0
  let now = 0
  for (let step = 0; step < 400; step++) {
    now += 100
    done += step < 200 ? 10 : 1
    left.note(done, now)
  }
  expect(left.rate()).toBeCloseTo(10, 0)
})

test('nothing is said before there is something to judge by, or where the end is not known', () => {
  const left = new TimeLeft()
  expect(left.secondsLeft(10)).toBeNull()
  left.note(0, 0)
  expect(left.secondsLeft(10)).toBeNull()
  left.note(5, 1000)
  expect(left.secondsLeft(null)).toBeNull()
  expect(left.secondsLeft(10)).toBeCloseTo(1)
})
