/** The engine forked under a Node: messages cross by the fork's IPC, typed arrays as typed arrays. */
import { fork } from 'node:child_process'
import { type EngineHost } from './engine-host'

/** Starts the engine's bundle under the Node at `node`. */
export function startForkHost(entry: string, node: string): EngineHost {
  const child = fork(entry, [], { execPath: node, execArgv: [], serialization: 'advanced', stdio: 'inherit' })
  let ended = false
  const exitListeners: ((code: number | null) => void)[] = []
  const end = (code: number | null): void => {
    if (ended) return
    ended = true
    for (const listener of exitListeners) listener(code)
  }
  child.on('exit', end)
  // It could not be started at all, or not be reached any more.
  child.on('error', () => {
    if (child.pid === undefined) end(null)
  })
  return {
    get pid() {
      return child.pid
    },
    sendPort: () => false,
    post: (message) => {
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      exitListeners.push(listener)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
