/**
 * The engine's line to the process that started it: Electron's main process through `parentPort` (a utility process), or
 * any Node process through the fork's IPC (advanced serialization, so that typed arrays stay typed arrays).
 */

/** The end of a MessagePort as Electron's utility process sees it. */
export interface EnginePort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  off(event: 'message', listener: (event: { data: unknown }) => void): unknown
  off(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export interface ParentPort {
  post(message: unknown): void
  /** Calls back for each message with the ports that came along. */
  onMessage(listener: (message: unknown, ports: readonly EnginePort[]) => void): void
  /** Calls back when the parent is gone. */
  onClose(listener: () => void): void
}

interface UtilityParent {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: EnginePort[] }) => void): unknown
}

/** The line to this process's parent, or null when nothing started it that talks. */
export function parentPort(): ParentPort | null {
  const utility = (process as NodeJS.Process & { parentPort?: UtilityParent | null }).parentPort
  if (utility !== undefined && utility !== null) {
    return {
      post: (message) => {
        utility.postMessage(message)
      },
      onMessage: (listener) => {
        utility.on('message', ({ data, ports }) => {
          listener(data, ports)
        })
      },
      // Electron ends a utility process together with its parent.
      onClose: () => undefined,
    }
  }
  if (process.send === undefined) return null
  return {
    post: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage: (listener) => {
      process.on('message', (message) => {
        listener(message, [])
      })
    },
    onClose: (listener) => {
      process.on('disconnect', listener)
    },
  }
}
