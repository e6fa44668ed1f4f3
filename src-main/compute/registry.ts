import type { BackendDriver } from './driver'
import { cpu } from './backends/cpu'
import { tensorflow } from './backends/tensorflow'
import { tensorflowGpu } from './backends/tensorflow-gpu'
import { wasm } from './backends/wasm'
import { webgpu } from './backends/webgpu'

/** Every backend, best first: `auto` takes the first that works. One more is one file in `backends/` and one line here. */
export const drivers: readonly BackendDriver[] = [tensorflowGpu, webgpu, tensorflow, wasm, cpu]
