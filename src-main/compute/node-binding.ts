import { existsSync } from 'node:fs'
import { availableThreads } from './threads'
import { BackendMissing, type LoadedBackend } from './driver'
import { nodeRequire } from './node-require'
import { restoreRemovedUtilities } from './removed-utilities'

type Package = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'

/**
 * Loads TensorFlow's binding for Node.
 * @throws {BackendMissing} when the package, its binding or the card it wants is not there.
 */
export async function loadNodeBinding(name: Package): Promise<LoadedBackend> {
  throw new BackendMissing(
    `not yet ${name} ${String(existsSync)} ${String(availableThreads)} ${String(nodeRequire)} ${String(restoreRemovedUtilities)}`,
    '',
  )
}
