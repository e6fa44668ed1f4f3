import { describe, expect, it } from 'vitest'
import { deathWindow, nextRestart } from '../../src-main/desktop/restart-policy'

const deaths = (count: number): number[] => Array.from({ length: count }, (_, index) => index * 1000)

describe('how an engine that died is started again', () => {
  it('at once, with everything it had in hand, the first time', () => {
    expect(nextRestart(deaths(1))).toEqual({ delay: 0, reopen: true, resume: true })
  })

  it('ever later when it keeps dying, then without its runs, then with nothing open, then not at all', () => {
    const plan = [1, 2, 3, 4, 5, 6].map((count) => nextRestart(deaths(count)))
    const delays = plan.slice(0, 5).map((next) => next?.delay ?? -1)
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(plan.map((next) => next?.resume)).toEqual([true, true, true, false, false, undefined])
    expect(plan.map((next) => next?.reopen)).toEqual([true, true, true, true, false, undefined])
    expect(plan[5]).toBeNull()
  })

  it('forgets deaths of long ago', () => {
    const long = [...deaths(5), deathWindow + 60_000]
    expect(nextRestart(long)).toEqual({ delay: 0, reopen: true, resume: true })
  })
})
