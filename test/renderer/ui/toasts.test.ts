import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cancelled, VariaError } from '../../../src-main/contract/errors'
import { toasts } from '../../../src-renderer/ui/toasts.svelte'

describe('toasts', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    for (const { id } of toasts.list) toasts.dismiss(id)
    vi.useRealTimers()
  })

  it('tells a failure with its remedy, and the same one only once', () => {
    const error = new VariaError({ code: 'disk-full', message: 'The disk is full.', remedy: 'Free some space.' })
    toasts.fail(error)
    toasts.fail(error)
    expect(toasts.list).toHaveLength(1)
    expect(toasts.list[0]).toMatchObject({ tone: 'bad', remedy: 'Free some space.' })
  })

  it('keeps quiet about what its user stopped', () => {
    toasts.fail(cancelled('Importing'))
    expect(toasts.list).toHaveLength(0)
  })

  it('goes by itself, but not while a hand is on it', () => {
    const id = toasts.say('Deleted 3 variants.')
    toasts.hold(id)
    vi.advanceTimersByTime(60_000)
    expect(toasts.list).toHaveLength(1)
    toasts.release(id)
    vi.advanceTimersByTime(60_000)
    expect(toasts.list).toHaveLength(0)
  })

  it('stays until it is dismissed where nobody may be looking', () => {
    toasts.fail(new Error('It failed.'), null, true)
    const [toast] = toasts.list
    toasts.hold(toast?.id ?? 0)
    toasts.release(toast?.id ?? 0)
    vi.advanceTimersByTime(3_600_000)
    expect(toasts.list).toHaveLength(1)
    toasts.dismiss(toast?.id ?? 0)
    expect(toasts.list).toHaveLength(0)
  })

  it('shows four at most', () => {
    for (let n = 1; n <= 9; n++) toasts.say(`Message ${n}`)
    expect(toasts.list.map(({ message }) => message)).toEqual(['Message 6', 'Message 7', 'Message 8', 'Message 9'])
  })
})
