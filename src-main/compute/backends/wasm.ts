import { dirname, join, sep } from 'node:path'
import { getBackend, setBackend } from '@tensorflow/tfjs-core'
import { BackendMissing, type BackendDriver } from '../driver'
import { mendWasmKernels } from '../kernels/wasm'
import { nodeRequire } from '../node-require'

/** WebAssembly with SIMD: the floor, wherever npm installs. */
export const wasm: BackendDriver = {
  name: 'wasm',
  title: 'WebAssembly',
  async load() {
    const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm')
    const root = dirname(nodeRequire.resolve('@tensorflow/tfjs-backend-wasm/package.json'))
    setWasmPaths(join(root, 'dist') + sep)
    mendWasmKernels()
    const before = getBackend()
    const started = await withoutItsListeners(() => setBackend('wasm'))
    if (typeof before === 'string') await setBackend(before)
    if (!started) throw new BackendMissing('Its program would not start.', 'Run `npm ci` again.')
    return { tfjsName: 'wasm', detail: `tfjs ${version}, one thread`, versions: { 'tfjs-backend-wasm': version } }
  },
}

/**
 * Emscripten's start-up installs listeners that end the process at the first promise nobody waits for. What to do then is the
 * engine's to say: they are taken off again.
 */
async function withoutItsListeners<T>(start: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = new Set<unknown>(events.flatMap((event) => process.rawListeners(event)))
  try {
    return await start()
  } finally {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (!before.has(listener)) process.removeListener(event, listener as (...values: unknown[]) => void)
      }
    }
  }
}
