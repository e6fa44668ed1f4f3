/**
 * `varia serve`: the studio in a browser, over HTTP and WebSocket. Loopback only unless told otherwise; whoever has no
 * token gets nothing.
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { type Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { type BackendName } from '../contract/backend'
import { VariaError } from '../contract/errors'
import { serve } from '../contract/rpc'
import { createStudio, type Studio } from '../studio/studio'
import { router } from './routes'
import { Sessions } from './sessions'
import { socketChannel } from './socket-channel'
import { Uploads } from './uploads'
import { answeredNames, hasOwnHost, hasOwnOrigin, inHeader, isEverywhere, outerAddresses } from './visitor'

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Address to listen on; 127.0.0.1 unless given. Anything but loopback is its user's decision. */
  readonly host?: string
  /** At least 16 characters; 192 random bits unless given. */
  readonly token?: string
  /** A `.varia` folder to open at once. */
  readonly project?: string
  /** Where Varia keeps its own files (recent projects, uploads while they are needed). */
  readonly dataFolder: string
  readonly projectsFolder?: string
  readonly version: string
  readonly backend?: BackendName | 'auto'
  /** The built renderer; `out/renderer` beside the bundle unless given. */
  readonly rendererFolder?: string
  readonly log?: (line: string) => void
}

export interface RunningServer {
  /** Where it listens, with its token: what to open in a browser. */
  readonly address: string
  readonly port: number
  /** Ends politely: pauses training with a checkpoint, closes the project, removes uploads. Safe to call twice. */
  close(): Promise<void>
}

const shortestToken = 16
const mostSockets = 32
const mostMessageBytes = 128 * 2 ** 20

/** The built renderer beside this bundle, which may lie in `out/main` or in a folder of chunks below it. */
function builtRenderer(): string {
  const here = typeof __dirname === 'string' ? __dirname : resolve('out', 'main')
  const places = [join(here, '..', 'renderer'), join(here, '..', '..', 'renderer'), resolve('out', 'renderer')]
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? join(here, '..', 'renderer')
}

/**
 * Starts the server and resolves once it listens.
 * @throws VariaError `not-allowed` when the port is taken or the token too short; what opening `project` throws.
 */
export async function serveStudio(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', token = randomBytes(24).toString('base64url') } = options
  if (token.length < shortestToken) {
    throw new VariaError({
      code: 'not-allowed',
      message: `A token of ${token.length} characters can be guessed.`,
      remedy: `Give at least ${shortestToken} characters, or none to have one made.`,
    })
  }
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 600_000, headersTimeout: 15_000 })
  server.maxConnections = 512
  const port = await listen(server, options.port, host)
  try {
    return await serveOn(server, { ...options, host, token, port })
  } catch (error) {
    server.close()
    throw error
  }
}

async function serveOn(
  server: Server,
  options: ServerOptions & { readonly host: string; readonly token: string },
): Promise<RunningServer> {
  const { host, token, port, project, rendererFolder = builtRenderer(), log, ...studioOptions } = options
  const uploads = await Uploads.open(options.dataFolder)
  const studio = await createStudio({ ...studioOptions, ...(log === undefined ? {} : { log }), door: 'server' })
  const sessions = new Sessions(token, port)
  const names = answeredNames(host)
  server.on('request', router({ rendererFolder, names, sessions, uploads, grants: studio.grants }))
  const mayConnect = (request: IncomingMessage): boolean =>
    hasOwnHost(request, names) && hasOwnOrigin(request) && sessions.knows(request.headers.cookie)
  const sockets = acceptSockets(server, studio, mayConnect, log)

  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= (async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      server.closeAllConnections?.()
      await studio.close()
      await uploads.close()
    })()
    return closing
  }
  try {
    if (project !== undefined) await openGiven(studio, project)
  } catch (error) {
    await close()
    throw error
  }
  // `0.0.0.0` is nothing a browser could go to.
  const shown = isEverywhere(host) ? (outerAddresses()[0] ?? '127.0.0.1') : host
  return { address: `http://${inHeader(shown)}:${port}/#token=${token}`, port, close }
}

async function openGiven(studio: Studio, project: string): Promise<void> {
  const grant = studio.grants.grant(project, { kind: 'folder', purpose: 'open-project' })
  const context = { signal: new AbortController().signal }
  await studio.handlers['project.open']({ from: { kind: 'grant', grant }, readOnly: false }, context)
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      fail(
        new VariaError(
          {
            code: 'not-allowed',
            message: taken ? `Port ${port} is taken.` : `Can't listen on ${host}:${port}: ${error.message}.`,
            remedy: taken ? 'Choose another with --port, or stop what uses it.' : 'Choose another address or port.',
          },
          { cause: error },
        ),
      )
    })
    server.listen(port, host, () => {
      done((server.address() as AddressInfo).port)
    })
  })
}

/** Serves the contract on every WebSocket at `/connect` that may connect. */
function acceptSockets(
  server: Server,
  studio: Studio,
  mayConnect: (request: IncomingMessage) => boolean,
  log: ((line: string) => void) | undefined,
): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false })
  const refuse = (stream: Duplex, status: string): void => {
    stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  }
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    if (request.url !== '/connect') refuse(stream, '404 Not Found')
    else if (!mayConnect(request)) refuse(stream, '403 Forbidden')
    else if (sockets.clients.size >= mostSockets) refuse(stream, '503 Service Unavailable')
    else {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        serve(socketChannel(socket), {
          handlers: studio.handlers,
          subscribe: studio.subscribe,
          onInternalError: (error, procedure) => {
            log?.(`${procedure}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
          },
        })
      })
    }
  })
  return sockets
}
