/** Puts a finished product into tfjs-node's folder, where its loader looks for it, and takes it out again. */
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { nodeApi, packageFolder } from './tfjs-node.mjs'
import { temporaryFolder } from './temporary.mjs'

/**
 * The libraries are linked, not copied: they are 800 MB, and every checkout shares them. The binding comes last, because
 * its presence is what says that all of it is there.
 */
export function placeProduct(product) {
  const stage = temporaryFolder(packageFolder, 'place')
  const libraries = path.join(stage, 'deps', 'lib')
  const binding = path.join(stage, 'lib', `napi-v${nodeApi}`)
  mkdirSync(libraries, { recursive: true })
  mkdirSync(binding, { recursive: true })
  for (const name of readdirSync(path.join(product, 'lib')))
    link(path.join(product, 'lib', name), path.join(libraries, name))
  copyFileSync(path.join(product, 'tfjs_binding.node'), path.join(binding, 'tfjs_binding.node'))
  replaceNative(stage)
}

/** Moves `deps` and `lib` out of a folder into the package, in the place of what is there. */
export function replaceNative(stage) {
  removeNative()
  for (const name of ['deps', 'lib']) renameSync(path.join(stage, name), path.join(packageFolder, name))
  rmSync(stage, { recursive: true, force: true })
}

/** Takes the binding and its libraries out, the binding first. */
export function removeNative() {
  for (const name of ['lib', 'deps']) {
    const folder = path.join(packageFolder, name)
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
  }
}

function link(from, to) {
  for (const way of [linkSync, symlinkSync]) {
    try {
      way(from, to)
      return
    } catch {
      // Another disk, or a file system without links: the next way.
    }
  }
  copyFileSync(from, to)
}
