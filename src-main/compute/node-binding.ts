import { existsSync } from 'node:fs'
import { join, dirname } from 'node:path'
import { getBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core'
import { BackendMissing, type LoadedBackend } from './driver'
import { mendNativeKernels } from './kernels/native'
import { nativeBackend } from './kernels/native/native-backend'
import { nodeRequire } from './node-require'
import { restoreRemovedUtilities } from './removed-utilities'
import { availableThreads } from './threads'

type NodePackage = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'

/** Under this name either package registers itself. */
const tfjsName = 'tensorflow'

/**
 * Loads TensorFlow's binding for Node and mends what is slow in it. Which backend is active stays as it was.
 * @throws {BackendMissing} when the package, its compiled binding, or the graphics card it wants is not there.
 */
export async function loadNodeBinding(name: NodePackage): Promise<LoadedBackend> {
  const onCard = name === '@tensorflow/tfjs-node-gpu'
  const remedy = onCard
    ? 'With an NVIDIA card and CUDA 11 on Linux or Windows: run `npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false`.'
    : 'Run `npm run setup:native` to train about ten times faster than in WebAssembly.'
  const folder = packageFolder(name)
  if (folder === null) throw new BackendMissing(`The package ${name} is not installed.`, remedy)
  if (!existsSync(join(folder, 'lib')))
    throw new BackendMissing(`The package ${name} is here, but its native binding has not been built.`, remedy)

  restoreRemovedUtilities()
  // TensorFlow tells stderr which instructions it was compiled for, unless it is asked to speak of errors only. Its line on oneDNN
  // stays whatever that is set to (2 and 3 were tried with 2.21), and also where TF_ENABLE_ONEDNN_OPTS=1 asks for oneDNN by name.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  const before = getBackend()
  let version: unknown
  try {
    version = (nodeRequire(name) as { version: Record<string, unknown> }).version['tfjs-node']
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new BackendMissing(`Its native binding does not load: ${reason}`, remedy, { cause: error })
  }
  const backend = nativeBackend()
  if (onCard && !backend.isUsingGpuDevice) {
    removeBackend(tfjsName)
    throw new BackendMissing('TensorFlow found no NVIDIA card that it can use.', remedy)
  }
  mendNativeKernels()
  // Loading made it the active one.
  if (typeof before === 'string' && before !== tfjsName) await setBackend(before)
  const library = backend.binding.TF_Version
  const device = onCard ? 'on the graphics card' : threads(availableThreads())
  return {
    tfjsName,
    detail: `TensorFlow ${library}, ${device}`,
    versions: { 'tfjs-node': String(version), libtensorflow: library },
  }
}

function packageFolder(name: NodePackage): string | null {
  try {
    return dirname(nodeRequire.resolve(`${name}/package.json`))
  } catch {
    return null
  }
}

function threads(count: number): string {
  return count === 1 ? 'one thread' : `${count} threads`
}
