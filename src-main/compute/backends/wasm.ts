import { dirname, join, sep } from 'node:path'
import type { BackendDriver } from '../driver'
import { nodeRequire } from '../node-require'

/** WebAssembly with SIMD: the floor, wherever npm installs. */
export const wasm: BackendDriver = {
  name: 'wasm',
  title: 'WebAssembly',
  async load() {
    const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm')
    const root = dirname(nodeRequire.resolve('@tensorflow/tfjs-backend-wasm/package.json'))
    setWasmPaths(join(root, 'dist') + sep)
    return { tfjsName: 'wasm', detail: `tfjs ${version}`, versions: { 'tfjs-backend-wasm': version } }
  },
}
