/** Compiles tfjs-node's binding: two files of C++ against Node-API and TensorFlow's C interface. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { root } from '../places.mjs'
import { runCommand } from '../run-command.mjs'
import { nodeApi, packageFolder } from './tfjs-node.mjs'

/**
 * Writes `tfjs_binding.node` into the product's folder, linked against the libraries in its `lib/`. It finds them at run
 * time under the package's `deps/lib`, two folders above where the binding is placed. One file serves every Node and
 * Electron, because Node-API is stable and comes from a package of headers, not from the Node that runs.
 */
export async function compileBinding(compiler, headers, product) {
  const libraries = path.join(product, 'lib')
  const mac = process.platform === 'darwin'
  const origin = mac ? '@loader_path' : '$ORIGIN'
  const args = ['-std=c++17', '-O3', '-fPIC', '-fno-exceptions', `-DNAPI_VERSION=${nodeApi}`]
  args.push(...(mac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']))
  args.push('-I', path.join(root, 'node_modules', 'node-api-headers', 'include'), '-I', headers)
  for (const source of ['tfjs_backend.cc', 'tfjs_binding.cc']) args.push(path.join(packageFolder, 'binding', source))
  for (const library of readdirSync(libraries)) args.push(path.join(libraries, library))
  args.push(`-Wl,-rpath,${origin}/../../deps/lib`, '-o', path.join(product, 'tfjs_binding.node'))
  return (await runCommand(compiler, args, { quiet: true })) === 0
}
