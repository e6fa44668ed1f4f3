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
 * Which host the environment asks for. `VARIA_ENGINE_NODE` names a Node to fork the engine under; it is used on Linux, where
 * Electron's own GLib keeps sharp's from freeing pictures, and elsewhere when `VARIA_ENGINE_HOST` is `fork`. In all other
 * cases, and wherever `VARIA_ENGINE_HOST` is `utility`, it is a utility process. A packaged Electron can't serve as that Node
 * itself: its fuses say no.
 */
export function hostSetting(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): HostSetting {
  const node = environment['VARIA_ENGINE_NODE'] ?? ''
  const asked = environment['VARIA_ENGINE_HOST'] ?? (platform === 'linux' ? 'fork' : 'utility')
  return asked === 'fork' && node !== '' ? { kind: 'fork', node } : { kind: 'utility' }
}
