/** Whether the binding works: loads it in a process of its own, so that a crash there is only an answer. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { nodeApi } from './tfjs-node.mjs'

// Multiplies [[1, 2], [3, 4]] by itself. What tfjs-node still expects of `util` is given back first.
const program = `
const util = require('util')
util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
const folder = process.argv[1]
const tf = require(folder)
const m = tf.tensor2d([[1, 2], [3, 4]])
const product = Array.from(tf.matMul(m, m).dataSync())
if (product.join() !== '7,10,15,22') throw new Error('a matrix product came out as ' + product)
console.log('binding:' + JSON.stringify({ tensorflow: tf.backend().binding.TF_Version }))
`

/** Resolves to `{ works: true, tensorflow }`, or `{ works: false, reason }`. */
export function verifyBinding(folder, { timeoutMs = 120_000 } = {}) {
  if (!existsSync(path.join(folder, 'lib', `napi-v${nodeApi}`, 'tfjs_binding.node')))
    return Promise.resolve({ works: false, reason: 'its binding is not there' })
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', program, folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
      timeout: timeoutMs,
    })
    let output = ''
    let trouble = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (trouble += chunk))
    child.on('error', (error) => resolve({ works: false, reason: error.message }))
    child.on('close', (code) => {
      const line = output.split('\n').find((text) => text.startsWith('binding:'))
      if (code === 0 && line !== undefined) resolve({ works: true, ...JSON.parse(line.slice('binding:'.length)) })
      else resolve({ works: false, reason: trouble.trim().split('\n').slice(-3).join(' ') || `it ended with ${code}` })
    })
  })
}
