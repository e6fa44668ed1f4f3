import { type IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { RateLimit } from '../../src-main/server/rate-limit'
import { Sessions } from '../../src-main/server/sessions'
import {
  answeredNames,
  hasOwnHost,
  hasOwnOrigin,
  hostName,
  inHeader,
  outerAddresses,
} from '../../src-main/server/visitor'

const asked = (headers: Record<string, string>): IncomingMessage => ({ headers }) as unknown as IncomingMessage

describe('the Host header', () => {
  const names = answeredNames('127.0.0.1')

  it.each(['127.0.0.1:8080', 'localhost', 'LOCALHOST:1', '[::1]:8080', 'localhost:65535'])('may be %s', (host) => {
    expect(hasOwnHost(asked({ host }), names)).toBe(true)
  })

  it.each([
    'evil.example',
    'evil.example:8080',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'evil.example#localhost',
    'localhost:8080@evil.example',
    'user@localhost',
    '127.0.0.1:99999999',
    '127.0.0.2',
    '0.0.0.0',
    '',
    'localhost ',
    'localhost,evil.example',
  ])('may not be %j, whatever its name resolves to', (host) => {
    expect(hasOwnHost(asked({ host }), names)).toBe(false)
  })

  it('must be there', () => {
    expect(hasOwnHost(asked({}), names)).toBe(false)
  })

  it('may be the address that was listened on by choice', () => {
    expect(answeredNames('192.168.1.5').has('192.168.1.5')).toBe(true)
    expect(answeredNames('fe80::1').has('[fe80::1]')).toBe(true)
    expect(answeredNames('0.0.0.0').has('0.0.0.0')).toBe(false)
    // Whoever listens everywhere is reached by every address of the machine, and by no name.
    for (const address of outerAddresses()) expect(answeredNames('0.0.0.0').has(inHeader(address))).toBe(true)
    expect(answeredNames('0.0.0.0').has('evil.example')).toBe(false)
    expect(hostName('[fe80::1]:80')).toBe('[fe80::1]')
  })
})

describe('the Origin header', () => {
  it('must be the host the request was sent to', () => {
    expect(hasOwnOrigin(asked({ host: 'localhost:1', origin: 'http://localhost:1' }))).toBe(true)
    for (const origin of ['http://localhost:2', 'https://localhost:1', 'http://evil.example', 'null', '']) {
      expect(hasOwnOrigin(asked({ host: 'localhost:1', origin }))).toBe(false)
    }
    expect(hasOwnOrigin(asked({ host: 'localhost:1' }))).toBe(false)
  })
})

describe('sessions', () => {
  const cookieOf = (header: string | null): string => (header ?? '').split(';')[0] ?? ''

  it('are given for the token alone, in a cookie no script can read', () => {
    const sessions = new Sessions('the right token', 80)
    for (const wrong of ['', 'the right toke', 'the right token ', 'THE RIGHT TOKEN']) {
      expect(sessions.enter(wrong)).toBeNull()
    }
    const header = sessions.enter('the right token')
    expect(header).toMatch(/^varia_80=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(header).not.toContain('the right token')
    expect(sessions.knows(cookieOf(header))).toBe(true)
    expect(sessions.knows(`a=b; ${cookieOf(header)}; c=d`)).toBe(true)
  })

  it('are known by their own cookie only', () => {
    const sessions = new Sessions('token', 80)
    const cookie = cookieOf(sessions.enter('token'))
    const other = cookieOf(new Sessions('token', 80).enter('token'))
    for (const header of [
      undefined,
      '',
      'varia_80=',
      'varia_80=token',
      other,
      cookie.replace('80', '81'),
      `${cookie}x`,
    ]) {
      expect(sessions.knows(header)).toBe(false)
    }
  })

  it('are bounded in number', () => {
    const sessions = new Sessions('token', 80)
    const first = cookieOf(sessions.enter('token'))
    for (let count = 0; count < 64; count++) sessions.enter('token')
    expect(sessions.knows(first)).toBe(false)
  })
})

describe('a rate limit', () => {
  it('lets a burst pass, then only what is earned', () => {
    let now = 0
    const limit = new RateLimit({ burst: 3, perSecond: 2, now: () => now })
    expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([true, true, true, false])
    now += 500
    expect([limit.take(), limit.take()]).toEqual([true, false])
    now += 60_000
    expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([true, true, true, false])
  })

  it('is not fooled by a clock set back', () => {
    let now = 1000
    const limit = new RateLimit({ burst: 1, perSecond: 1, now: () => now })
    limit.take()
    now = 0
    expect(limit.take()).toBe(false)
  })
})
