/**
 * `varia serve`: the studio in a browser, over HTTP and WebSocket. Loopback only unless told otherwise; whoever has no
 * token gets nothing.
 */
import { type BackendName } from '../contract/backend'
import { VariaError } from '../contract/errors'

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

/**
 * Starts the server and resolves once it listens.
 * @throws VariaError `not-allowed` when the port is taken or the token too short; what opening `project` throws.
 */
export function serveStudio(_options: ServerOptions): Promise<RunningServer> {
  throw new VariaError({ code: 'internal', message: 'Not there yet.', remedy: '' })
}
