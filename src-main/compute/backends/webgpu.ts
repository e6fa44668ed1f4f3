import { BackendMissing, type BackendDriver } from '../driver'

/** The slot for GPUs without CUDA, Macs first. */
export const webgpu: BackendDriver = {
  name: 'webgpu',
  title: 'WebGPU',
  load() {
    return Promise.reject(
      new BackendMissing('This version of Varia does not compute on WebGPU yet.', 'Nothing to do: the CPU is used.'),
    )
  },
}
