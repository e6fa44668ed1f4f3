/** Who may come in: whoever brings the token gets a session, kept in a cookie that no script can read (SAFETY row 13). */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const mostSessions = 64

/** Compares in constant time, whatever the lengths. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

export class Sessions {
  readonly #token: string
  readonly #cookie: string
  /** Digests of the sessions' ids, oldest first. */
  readonly #open = new Set<string>()

  /** `port` goes into the cookie's name, since browsers keep cookies by host alone. */
  constructor(token: string, port: number) {
    this.#token = token
    this.#cookie = `varia_${port}`
  }

  /** The `set-cookie` header of a new session, or null where the token is wrong. */
  enter(token: string): string | null {
    if (!same(token, this.#token)) return null
    const id = randomBytes(32).toString('base64url')
    this.#open.add(createHash('sha256').update(id).digest('hex'))
    const oldest = this.#open.values().next()
    if (this.#open.size > mostSessions && oldest.done !== true) this.#open.delete(oldest.value)
    return `${this.#cookie}=${id}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Whether a `cookie` header carries an open session. */
  knows(cookieHeader: string | undefined): boolean {
    for (const part of (cookieHeader ?? '').split(';')) {
      const [name, value] = part.trim().split('=', 2)
      if (name !== this.#cookie || value === undefined) continue
      if (this.#open.has(createHash('sha256').update(value).digest('hex'))) return true
    }
    return false
  }
}
