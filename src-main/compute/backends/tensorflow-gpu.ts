import type { BackendDriver } from '../driver'
import { loadNodeBinding } from '../node-binding'

/** TensorFlow on an NVIDIA card, through tfjs-node-gpu, where somebody has set it up with its CUDA. */
export const tensorflowGpu: BackendDriver = {
  name: 'tensorflow-gpu',
  title: 'TensorFlow on the GPU',
  load() {
    return loadNodeBinding('@tensorflow/tfjs-node-gpu')
  },
}
