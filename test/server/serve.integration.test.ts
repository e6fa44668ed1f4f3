import fc from 'fast-check'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connect, type Connection } from '../../src-main/contract/rpc'
import { encodeMessage } from '../../src-main/contract/socket-codec'
import { type RunningServer, serveStudio } from '../../src-main/server/serve'
import { socketChannel } from '../../src-main/server/socket-channel'

const place = mkdtempSync(join(tmpdir(), 'varia-server-'))
const token = 'a token of some length'
let server: RunningServer

interface Told {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** One request, exactly as told; nothing is normalised on its way. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
  to: RunningServer = server,
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: to.port, method, path, headers: { host: `localhost:${to.port}`, ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode = 0, headers: told } = response
          resolve({ status: statusCode, headers: told, body: Buffer.concat(chunks).toString('utf8') })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const own = (): Record<string, string> => ({ origin: `http://localhost:${server.port}` })

async function enter(): Promise<string> {
  const told = await ask('POST', '/session', own(), JSON.stringify({ token }))
  return String(told.headers['set-cookie']).split(';')[0] ?? ''
}

/** How a WebSocket to the server ends up: `open`, or the status it was refused with. */
function trySocket(headers: Record<string, string>, path = '/connect'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
      headers: { host: `localhost:${server.port}`, ...headers },
    })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('error', () => resolve(0))
  })
}

async function client(): Promise<Connection> {
  const socket = await trySocket({ ...own(), cookie: await enter() })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return connect(socketChannel(socket))
}

beforeAll(async () => {
  const rendererFolder = join(place, 'renderer')
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true })
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Varia</title>')
  writeFileSync(join(rendererFolder, 'assets', 'app.js'), 'export {}')
  writeFileSync(join(place, 'secret.html'), 'secret')
  server = await serveStudio({
    port: 0,
    token,
    dataFolder: join(place, 'data'),
    version: '0.0.0',
    rendererFolder,
    backend: 'cpu',
  })
})
afterAll(async () => {
  await server.close()
  rmSync(place, { recursive: true, force: true })
})

describe('the page', () => {
  it('is served under its own names, with its policy', async () => {
    const told = await ask('GET', '/')
    expect(told.status).toBe(200)
    expect(told.body).toContain('<title>Varia</title>')
    expect(told.headers['content-security-policy']).toContain("default-src 'none'")
    expect(told.headers['x-content-type-options']).toBe('nosniff')
    expect((await ask('GET', '/assets/app.js')).headers['cache-control']).toContain('immutable')
  })

  it.each(['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/..\\secret.html', '/%00', '//etc/passwd'])(
    'never lets a path out of its folder: %s',
    async (path) => {
      const told = await ask('GET', path)
      expect(told.status).toBe(404)
      expect(told.body).not.toContain('secret')
    },
  )

  it('is not served under a name that was bent to this machine', async () => {
    expect((await ask('GET', '/', { host: 'evil.example' })).status).toBe(403)
    expect((await ask('GET', '/', { host: `evil.example:${server.port}` })).status).toBe(403)
  })

  it('listens on loopback only', async () => {
    expect(new URL(server.address).hostname).toBe('127.0.0.1')
  })

  it('is served under the address it prints when it listens everywhere', async () => {
    const other = await serveStudio({ port: 0, host: '0.0.0.0', dataFolder: join(place, 'wide'), version: '0' })
    const told = await ask('GET', '/session', { host: new URL(other.address).host }, undefined, other)
    await other.close()
    expect(told.status).toBe(401)
  })
})

describe('the token', () => {
  it('opens a session; anything else does not', async () => {
    expect((await ask('GET', '/session')).status).toBe(401)
    const told = await ask('POST', '/session', own(), JSON.stringify({ token }))
    expect(told.status).toBe(204)
    const cookie = String(told.headers['set-cookie'])
    expect(cookie).toContain('HttpOnly; SameSite=Strict')
    expect((await ask('GET', '/session', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(204)
    expect((await ask('POST', '/session', own(), JSON.stringify({ token: 'wrong' }))).status).toBe(401)
    expect((await ask('POST', '/session', own(), 'not json')).status).toBe(400)
  })

  it('is refused from another origin, and from none', async () => {
    const body = JSON.stringify({ token })
    expect((await ask('POST', '/session', { origin: 'http://evil.example' }, body)).status).toBe(403)
    expect((await ask('POST', '/session', {}, body)).status).toBe(403)
  })

  it('must be long enough, and is made where none is given', async () => {
    const dataFolder = join(place, 'other')
    await expect(serveStudio({ port: 0, token: 'short', dataFolder, version: '0' })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    const other = await serveStudio({ port: 0, dataFolder, version: '0', backend: 'cpu' })
    expect(new URL(other.address).hash).toMatch(/^#token=[\w-]{32}$/)
    await other.close()
    await other.close()
  })

  it('can be guessed at only a few times', async () => {
    const dataFolder = join(place, 'guessed')
    const other = await serveStudio({ port: 0, dataFolder, version: '0', backend: 'cpu' })
    const origin = { origin: `http://localhost:${other.port}` }
    const answers: number[] = []
    for (let guess = 0; guess < 14; guess++) {
      const body = JSON.stringify({ token: `guess ${guess}` })
      answers.push((await ask('POST', '/session', origin, body, other)).status)
    }
    expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
    expect(answers.slice(-3)).toEqual([429, 429, 429])
    await other.close()
  })

  it('is told a port that is taken, in words', async () => {
    const taken = serveStudio({ port: server.port, dataFolder: place, version: '0' })
    await expect(taken).rejects.toMatchObject({ code: 'not-allowed', message: `Port ${server.port} is taken.` })
  })
})

describe('the socket', () => {
  it('serves the contract to whoever has a session', async () => {
    const connection = await client()
    expect(await connection.call('app.hello')).toMatchObject({ door: 'server', hasDialogs: false })
    const closed = new Promise<void>((resolve) => connection.onClose(resolve))
    connection.close()
    await closed
  })

  it('carries pictures as bytes', async () => {
    const connection = await client()
    const mosaic = await connection.call('samples.mosaic', { name: 'sprites', count: 4 })
    expect(mosaic.data).toBeInstanceOf(Uint8Array)
    expect(mosaic.data).toHaveLength(mosaic.count * mosaic.width * mosaic.height * mosaic.channels)
    connection.close()
  })

  it('is refused without cookie, own origin and own host', async () => {
    const cookie = await enter()
    expect(await trySocket({ ...own() })).toBe(403)
    expect(await trySocket({ cookie })).toBe(403)
    expect(await trySocket({ cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await trySocket({ cookie, origin: 'http://evil.example', host: 'evil.example' })).toBe(403)
    expect(await trySocket({ ...own(), cookie: 'varia_1=x' })).toBe(403)
    expect(await trySocket({ ...own(), cookie }, '/other')).toBe(404)
  })

  it.each<[string, Buffer | string]>([
    ['text', 'hello'],
    ['bytes that are no message', Buffer.of(0x92)],
  ])('is closed on %s, and the server lives on', async (_name, message) => {
    const socket = (await trySocket({ ...own(), cookie: await enter() })) as WebSocket
    const code = new Promise<number>((resolve) => socket.on('close', resolve))
    socket.send(message)
    expect([1007, 1008]).toContain(await code)
    expect((await ask('GET', '/')).status).toBe(200)
  })

  it('is closed on a flood', async () => {
    const socket = (await trySocket({ ...own(), cookie: await enter() })) as WebSocket
    const code = new Promise<number>((resolve) => socket.on('close', resolve))
    for (let count = 0; count < 6000; count++) socket.send(encodeMessage({ t: 'q', m: 'call', a: ['x'], i: 'y' }))
    expect(await code).toBe(1008)
  })
})

describe('uploads', () => {
  it('need a session, and become grants that can be imported', async () => {
    expect((await ask('POST', '/uploads', own())).status).toBe(401)
    const headers = { ...own(), cookie: await enter() }
    const { upload } = JSON.parse((await ask('POST', '/uploads', headers)).body) as { upload: string }
    expect((await ask('PUT', `/uploads/${upload}/files/set/..%2F..%2Fevil.png`, headers, 'x')).status).toBe(400)
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="4" height="4"/></svg>'
    for (const name of ['a', 'b', 'c']) {
      expect((await ask('PUT', `/uploads/${upload}/files/set/${name}.svg`, headers, svg)).status).toBe(204)
    }
    const finished = await ask('POST', `/uploads/${upload}/finish`, headers, '{"kind":"folder"}')
    const { granted } = JSON.parse(finished.body) as { granted: { grant: string; name: string; kind: string }[] }
    expect(granted).toMatchObject([{ name: 'set', kind: 'folder' }])
    const connection = await client()
    const preview = await connection.call('collection.preview', {
      source: { kind: 'grants', grants: [granted[0]?.grant as never] },
      framing: { size: 32 },
      seed: 1,
    })
    expect(preview.found).toBe(3)
    connection.close()
  })

  it('are refused from another origin', async () => {
    const headers = { origin: 'http://evil.example', cookie: await enter() }
    expect((await ask('POST', '/uploads', headers)).status).toBe(403)
  })
})

describe('a path in place of a grant', () => {
  it('is refused', async () => {
    const connection = await client()
    const grant = join(place, 'renderer') as never
    const preview = connection.call('collection.preview', {
      source: { kind: 'grants', grants: [grant] },
      framing: {},
      seed: 1,
    })
    await expect(preview).rejects.toMatchObject({ code: expect.stringMatching(/not-allowed|bad-request/) as string })
    const opened = connection.call('project.open', { from: { kind: 'grant', grant } })
    await expect(opened).rejects.toMatchObject({ code: expect.stringMatching(/not-allowed|bad-request/) as string })
    connection.close()
  })
})

describe('10,000 random requests', () => {
  it('get nothing but the page, and the server lives on', { timeout: 120_000 }, async () => {
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE')
    const part = fc.oneof(
      fc.constantFrom('session', 'uploads', 'connect', 'assets', '..', '%2e%2e', 'files', 'finish', 'index.html', ''),
      fc.string({ maxLength: 12 }).map(encodeURIComponent),
    )
    const path = fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`)
    const headers = fc.record(
      {
        host: fc.constantFrom(`localhost:${server.port}`, 'evil.example', '127.0.0.1', 'a:b:c'),
        origin: fc.constantFrom(`http://localhost:${server.port}`, 'http://evil.example', 'null'),
        cookie: fc.constantFrom(`varia_${server.port}=x`, 'a', ';;==', `varia_${server.port}`),
        'content-type': fc.constantFrom('application/json', 'multipart/form-data', 'x'),
        range: fc.constantFrom('bytes=0-', 'bytes=9-1', 'x'),
        expect: fc.constantFrom('100-continue', 'x'),
      },
      { requiredKeys: [] },
    )
    const body = fc.option(fc.oneof(fc.json(), fc.string(), fc.constant(`{"token":"${'x'.repeat(8000)}"}`)), {
      nil: undefined,
    })
    const cases = fc.sample(fc.tuple(method, path, headers, body), { numRuns: 10_000, seed: 13 })
    const statuses = new Map<number, number>()
    const lane = async (): Promise<void> => {
      for (let next = cases.pop(); next !== undefined; next = cases.pop()) {
        const [verb, where, sent, content] = next
        const carries = verb !== 'GET' && verb !== 'HEAD' && verb !== 'TRACE'
        const told = await ask(verb, where, sent, carries ? content : undefined).catch(() => null)
        const status = told?.status ?? 0
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (told === null || status >= 400) continue
        // Only the page itself may come back, and only to those who asked for it by its own name.
        expect(['GET', 'HEAD']).toContain(verb)
        expect(sent.host === undefined || sent.host.startsWith('localhost') || sent.host === '127.0.0.1').toBe(true)
        expect(told.headers['content-type']).toMatch(/text\/html|text\/javascript/)
      }
    }
    await Promise.all(Array.from({ length: 16 }, lane))
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([])
    expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000)
    // The flood used up what strangers may ask for; it comes back within a moment.
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await ask('GET', '/')).status).toBe(200)
    expect(readdirSync(place).sort()).toEqual(expect.arrayContaining(['data', 'renderer', 'secret.html']))
  })

  it('on the wire: bytes that are no HTTP', async () => {
    const answers = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { numRuns: 200, seed: 17 }).map(
      (bytes) =>
        new Promise<void>((resolve) => {
          const socket = connectSocket(server.port, '127.0.0.1', () => socket.end(Buffer.from(bytes)))
          socket.on('close', () => resolve())
          socket.on('error', () => resolve())
          socket.resume()
        }),
    )
    await Promise.all(answers)
    expect((await ask('GET', '/')).status).toBe(200)
  })
})
