/** Where `@tensorflow/tfjs-node` lies and what it is. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../places.mjs'

export const packageFolder = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node')

/** Node-API 8 is the newest that the binding asks for and the oldest that Varia's Node and Electron have. */
export const nodeApi = 8

export function packageVersion() {
  return JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version
}
