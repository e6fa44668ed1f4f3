/**
 * Road 2: the binding, compiled from tfjs-node's sources, and the libraries out of TensorFlow's wheel, kept together in
 * the cache that every checkout shares: `tfjs_binding.node`, `lib/` and `product.json`, which names them and their sizes.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../places.mjs'
import { say } from '../say.mjs'
import { compileBinding } from './compile.mjs'
import { packageVersion } from './tfjs-node.mjs'
import { temporaryFolder } from './temporary.mjs'
import { findCompiler, findPython } from './tools.mjs'
import { downloadWheel, unpackWheel } from './wheel.mjs'

const productFolder = () =>
  path.join(cacheFolder(), `tfjs-node-${packageVersion()}-${process.platform}-${process.arch}`)

/** The folder of a whole product made earlier, or null. */
export function cachedProduct() {
  const folder = productFolder()
  try {
    const { files } = JSON.parse(readFileSync(path.join(folder, 'product.json'), 'utf8'))
    const whole = Object.entries(files).every(([name, size]) => statSync(path.join(folder, name)).size === size)
    return whole ? folder : null
  } catch {
    return null
  }
}

/** Resolves to `{ product: folder }`, or to `{ product: null, reason, remedy }`. */
export async function buildProduct() {
  const failed = (reason, remedy) => ({ product: null, reason, remedy })
  if (process.platform === 'win32')
    return failed('on Windows it is not compiled from source.', 'Check that storage.googleapis.com can be reached.')
  const compiler = findCompiler()
  const python = findPython()
  if (compiler === null || python === null) {
    const lacking = [compiler === null && 'a C++ compiler', python === null && 'Python 3 with pip'].filter(Boolean)
    return failed(
      `${lacking.join(' and ')} ${lacking.length > 1 ? 'are' : 'is'} not installed.`,
      `Install ${lacking.join(' and ')} to train about ten times faster.`,
    )
  }
  mkdirSync(cacheFolder(), { recursive: true })
  const stage = temporaryFolder(cacheFolder(), 'build')
  say('Fetching the TensorFlow library from PyPI (about 260 MB, once)…')
  const wheel = await downloadWheel(python, stage)
  if (wheel === null)
    return failed(
      'its library could not be fetched from PyPI.',
      'Check the network, or pip’s index and proxy settings.',
    )
  say('Unpacking it…')
  const unpacked = path.join(stage, 'unpacked')
  if (!(await unpackWheel(python, wheel, unpacked)))
    return failed('the wheel from PyPI could not be unpacked.', 'Check that the disk has 2 GB free.')
  rmSync(wheel)
  say('Compiling its binding for Node (ten seconds or so)…')
  const product = path.join(stage, 'product')
  renameSync(path.join(unpacked, 'lib'), path.join(mkdir(product), 'lib'))
  if (!(await compileBinding(compiler, path.join(unpacked, 'include'), product)))
    return failed(
      'its binding did not compile; what the compiler said is above.',
      'Install a compiler that knows C++17.',
    )
  describe(product, path.basename(wheel))
  const folder = productFolder()
  rmSync(folder, { recursive: true, force: true })
  renameSync(product, folder)
  return { product: folder }
}

function mkdir(folder) {
  mkdirSync(folder, { recursive: true })
  return folder
}

function describe(product, wheel) {
  const names = ['tfjs_binding.node', ...readdirSync(path.join(product, 'lib')).map((name) => `lib/${name}`)]
  const files = Object.fromEntries(names.map((name) => [name, statSync(path.join(product, name)).size]))
  if (!existsSync(path.join(product, 'tfjs_binding.node'))) throw new Error('the compiler left no binding')
  writeFileSync(path.join(product, 'product.json'), `${JSON.stringify({ wheel, files }, null, 2)}\n`)
}
