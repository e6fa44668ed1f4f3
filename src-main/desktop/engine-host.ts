/**
 * The process the engine runs in, as its supervisor sees it. Two kinds: Electron's utility process, and a fork under a
 * Node of its own (for backends that Electron's own process forbids, and for tests).
 */
import { type ToEngine } from '../contract/engine-control'

/** The end of a window's MessagePort in the main process (Electron's MessagePortMain fits). */
export interface WindowPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export interface EngineHost {
  readonly pid: number | undefined
  /**
   * Hands a window's port to the engine; false when this kind of process can't take one, and its messages must be
   * carried.
   */
  sendPort(message: ToEngine, port: WindowPort): boolean
  post(message: ToEngine): void
  onMessage(listener: (message: unknown) => void): void
  /** Calls back once, when the process is gone for whatever reason. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

export type HostSetting = { readonly kind: 'utility' } | { readonly kind: 'fork'; readonly node: string }

/**
 * Which host the environment asks for: `VARIA_ENGINE_HOST=fork` with `VARIA_ENGINE_NODE=<path of a node>` forks under
 * that Node; everything else is a utility process. A packaged Electron can't serve as a Node itself (its fuses say no).
 */
export function hostSetting(environment: Readonly<Record<string, string | undefined>>): HostSetting {
  const node = environment['VARIA_ENGINE_NODE']
  return environment['VARIA_ENGINE_HOST'] === 'fork' && node !== undefined && node !== ''
    ? { kind: 'fork', node }
    : { kind: 'utility' }
}
