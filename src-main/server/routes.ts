/**
 * What the server answers over HTTP. Files of the page are open to whoever reaches it under its own name; everything else
 * needs the page's own origin and a session.
 */
import { createReadStream } from 'node:fs'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type Readable } from 'node:stream'
import { z } from 'zod'
import { type Granted } from '../contract/bridge'
import { toFailure } from '../contract/errors'
import { findAsset } from '../page/assets'
import { pageHeaders } from '../page/policy'
import { type Grants } from '../studio/grants'
import { RateLimit } from './rate-limit'
import { type Sessions } from './sessions'
import { type Uploads } from './uploads'
import { hasOwnHost, hasOwnOrigin } from './visitor'

export interface RouteOptions {
  readonly rendererFolder: string
  readonly names: ReadonlySet<string>
  readonly sessions: Sessions
  readonly uploads: Uploads
  readonly grants: Grants
}

const tokenBody = z.object({ token: z.string().min(1).max(512) })
const finishBody = z.object({ kind: z.enum(['folder', 'pictures', 'attributes', 'drop']) })
const mostBodyBytes = 4096

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>

function send(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    ...pageHeaders(),
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

async function readJson(request: Readable): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBodyBytes) throw new RangeError('body too large')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Lets the rest of a body that nobody wants run out for a moment, so that the answer arrives; then cuts it off. */
function abandon(request: IncomingMessage): void {
  if (request.complete) return
  request.resume()
  setTimeout(() => {
    if (!request.complete) request.destroy()
  }, 2000).unref()
}

/** What a granted upload is used for, by what was asked for and what came. */
function purposeOf(kind: z.infer<typeof finishBody>['kind'], name: string): 'attributes' | 'import' {
  const isTable = name.toLowerCase().endsWith('.csv')
  return kind === 'attributes' || (kind === 'drop' && isTable) ? 'attributes' : 'import'
}

/** The function that answers every request. */
export function router(options: RouteOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { rendererFolder, names, sessions, uploads, grants } = options
  /** For everybody without a session, together: nobody guesses a token, and a flood costs little. */
  const strangers = new RateLimit({ burst: 400, perSecond: 100 })
  const guesses = new RateLimit({ burst: 10, perSecond: 0.2 })

  const page: Answer = async (request, response, path) => {
    const asset = await findAsset(rendererFolder, path)
    if (asset === null) {
      send(response, 404)
      return
    }
    response.writeHead(200, {
      ...pageHeaders([`ws://${request.headers.host ?? ''}`]),
      'content-type': asset.type,
      'content-length': asset.bytes,
      'cache-control': asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    if (request.method === 'HEAD') response.end()
    else
      createReadStream(asset.path)
        .on('error', () => response.destroy())
        .pipe(response)
  }

  const enter: Answer = async (request, response) => {
    if (!guesses.take()) {
      send(response, 429)
      return
    }
    const body = tokenBody.safeParse(await readJson(request))
    const cookie = body.success ? sessions.enter(body.data.token) : null
    if (cookie === null) {
      send(response, 401)
      return
    }
    guesses.giveBack()
    response.setHeader('set-cookie', cookie)
    send(response, 204)
  }

  const upload: Answer = async (request, response, path) => {
    const [, , id, action, ...rest] = path.split('/')
    if (request.method === 'POST' && id === undefined) {
      send(response, 200, { upload: await uploads.begin() })
    } else if (request.method === 'PUT' && id !== undefined && action === 'files' && rest.length > 0) {
      await uploads.add(id, rest.map(decodeURIComponent).join('/'), request)
      send(response, 204)
    } else if (request.method === 'POST' && id !== undefined && action === 'finish') {
      const { kind } = finishBody.parse(await readJson(request))
      const staged = await uploads.finish(id)
      const granted = staged.map(({ path: place, name, kind: what }): Granted => {
        const purpose = what === 'file' ? purposeOf(kind, name) : 'import'
        const shown = what === 'folder' ? 'folder' : purpose === 'attributes' ? 'attributes' : 'picture'
        return { grant: grants.grant(place, { kind: what, purpose, name }), name, kind: shown }
      })
      send(response, 200, { granted })
    } else send(response, 404)
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/'
    if (!hasOwnHost(request, names)) {
      send(response, 403)
      return
    }
    const known = sessions.knows(request.headers.cookie)
    if (!known && !strangers.take()) {
      send(response, 429)
      return
    }
    if (request.method === 'GET' && path === '/session') {
      send(response, known ? 204 : 401)
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      await page(request, response, path)
    } else if (!hasOwnOrigin(request)) {
      send(response, 403)
    } else if (request.method === 'POST' && path === '/session') {
      await enter(request, response, path)
    } else if (path === '/uploads' || path.startsWith('/uploads/')) {
      if (known) await upload(request, response, path)
      else send(response, 401)
    } else send(response, 404)
  }

  return (request, response) => {
    route(request, response).catch((error: unknown) => {
      if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof URIError) send(response, 400)
      else if (error instanceof RangeError) send(response, 413)
      else send(response, 400, { failure: toFailure(error) })
      abandon(request)
    })
  }
}
