/** The engine in Electron's utility process: windows talk to it straight, through MessagePorts. */
import { type MessagePortMain, utilityProcess } from 'electron'
import { type EngineHost } from './engine-host'

/** Starts the engine's bundle in a utility process. */
export function startUtilityHost(entry: string): EngineHost {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Varia engine', stdio: 'inherit' })
  return {
    get pid() {
      return child.pid
    },
    sendPort: (message, port) => {
      // Ports of this application come from Electron's MessageChannelMain alone.
      child.postMessage(message, [port as unknown as MessagePortMain])
      return true
    },
    post: (message) => {
      child.postMessage(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', listener)
    },
    kill: () => {
      child.kill()
    },
  }
}
