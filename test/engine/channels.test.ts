import { describe, expect, it } from 'vitest'
import { channelPair, fedChannel } from '../../src-main/engine/channels'

describe('a fed channel', () => {
  it('keeps what comes before anybody listens, in order', () => {
    const channel = fedChannel(() => undefined)
    channel.feed(1)
    channel.feed(2)
    const heard: unknown[] = []
    channel.onMessage((message) => heard.push(message))
    channel.feed(3)
    expect(heard).toEqual([1, 2, 3])
  })

  it('ends once, and is silent from then on', () => {
    const posted: unknown[] = []
    const channel = fedChannel((message) => posted.push(message))
    const heard: unknown[] = []
    let ends = 0
    channel.onMessage((message) => heard.push(message))
    channel.onClose(() => (ends += 1))
    channel.end()
    channel.end()
    channel.feed(1)
    channel.post(2)
    expect([heard, posted, ends]).toEqual([[], [], 1])
  })

  it('forgets listeners that stop', () => {
    const channel = fedChannel(() => undefined)
    const heard: unknown[] = []
    channel.onMessage((message) => heard.push(message))()
    channel.feed(1)
    expect(heard).toEqual([])
  })
})

describe('a pair of channels', () => {
  it('carries messages both ways and ends together', async () => {
    const [left, right] = channelPair()
    const heard: unknown[] = []
    left.onMessage((message) => heard.push(['left', message]))
    right.onMessage((message) => heard.push(['right', message]))
    left.post(1)
    right.post(2)
    expect(heard).toEqual([])
    await Promise.resolve()
    expect(heard).toEqual([
      ['right', 1],
      ['left', 2],
    ])
    let ended = false
    right.onClose(() => (ended = true))
    left.end()
    expect(ended).toBe(true)
  })
})
