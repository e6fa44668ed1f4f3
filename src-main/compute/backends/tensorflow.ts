import type { BackendDriver } from '../driver'
import { loadNodeBinding } from '../node-binding'

/** TensorFlow on the processor, through tfjs-node: oneDNN's convolutions on every core. */
export const tensorflow: BackendDriver = {
  name: 'tensorflow',
  title: 'TensorFlow',
  load() {
    return loadNodeBinding('@tensorflow/tfjs-node')
  },
}
