/** Road 1: tfjs-node's own installation, which downloads TensorFlow's library and a binding made for it. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, lstatSync, readdirSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { root } from '../places.mjs'
import { say } from '../say.mjs'
import { replaceNative } from './place.mjs'
import { nodeApi, packageFolder } from './tfjs-node.mjs'
import { temporaryFolder } from './temporary.mjs'
import { verifyBinding } from './verify.mjs'

const host = 'storage.googleapis.com'
const connectMs = 5_000
/** A download that brings nothing for so long is given up. */
const stalledMs = 60_000

/** Whether the package installed itself and works. Happens in a copy beside it, so that a broken download leaves no trace. */
export async function installStock() {
  if (!(await reachable())) {
    say(`TensorFlow's own download (${host}) cannot be reached from here.`)
    return false
  }
  say('Installing TensorFlow as its package does (downloads about 90 MB, once)…')
  const stage = temporaryFolder(path.dirname(packageFolder), 'stock')
  cpSync(packageFolder, stage, { recursive: true, filter: (source) => !/[\\/](deps|lib)$/.test(source) })
  if (!(await runInstaller(stage))) return false
  if (!existsSync(path.join(stage, 'lib', `napi-v${nodeApi}`)) || !(await verifyBinding(stage)).works) return false
  replaceNative(stage)
  return true
}

/** A connection to the host, or to the proxy that leads to it. */
function reachable() {
  const proxy = process.env.HTTPS_PROXY || process.env.https_proxy || ''
  const url = URL.canParse(proxy) ? new URL(proxy) : new URL(`https://${host}`)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  return new Promise((resolve) => {
    const socket = net.connect({ host: url.hostname, port, timeout: connectMs })
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function runInstaller(stage) {
  const binaries = path.join(root, 'node_modules', '.bin')
  const separator = path.delimiter
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/install.js'], {
      cwd: stage,
      env: { ...process.env, PATH: `${binaries}${separator}${process.env.PATH ?? ''}` },
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    let size = 0
    let grewAt = Date.now()
    const watch = setInterval(() => {
      const now = folderSize(stage)
      if (now !== size) [size, grewAt] = [now, Date.now()]
      else if (Date.now() - grewAt > stalledMs) child.kill()
    }, 2_000)
    const forward = () => child.kill()
    process.once('SIGINT', forward)
    process.once('SIGTERM', forward)
    const end = (success) => {
      clearInterval(watch)
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      resolve(success)
    }
    child.once('error', () => end(false))
    child.once('exit', (code) => end(code === 0))
  })
}

function folderSize(folder) {
  let total = 0
  for (const name of readdirSync(folder)) {
    const entry = path.join(folder, name)
    const facts = lstatSync(entry, { throwIfNoEntry: false })
    if (facts !== undefined) total += facts.isDirectory() ? folderSize(entry) : facts.size
  }
  return total
}
