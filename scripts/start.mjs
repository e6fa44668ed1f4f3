/** `npm start`: sets up what is missing and opens the studio, in a window where there can be one, else in a browser. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setUp } from './setup.mjs'
import { findElectron, whyNoElectron } from './setup/electron.mjs'
import { root } from './setup/places.mjs'
import { say } from './setup/say.mjs'

/** An Electron that ends with a fault within this time never showed its window, milliseconds. */
const showsWindowWithin = 10_000

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const passed = process.argv.slice(2)

/** Runs a program in the place of this one; resolves to how it ended. */
function launch(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
    let stopped = false
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.on(signal, () => {
        stopped = true
        child.kill(signal)
      })
    }
    child.on('error', (error) => resolve({ status: 1, stopped, why: error.message }))
    child.on('exit', (code, signal) =>
      resolve({ status: code ?? (stopped ? 0 : 1), stopped, why: `it ended with ${code ?? signal}` }),
    )
  })
}

/** Opens the window and resolves to null when it was closed, or to why there could be none. */
async function openWindow() {
  if (!hasDisplay) return 'there is no display'
  const electron = findElectron()
  if (electron === null) return whyNoElectron()
  // Chromium refuses its sandbox to root on Linux; nobody else ever gets this flag.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot) say("Running as root: Chromium's sandbox is off. Start Varia as an ordinary user to have it.")
  // The engine runs under this Node where Electron's own libraries get in sharp's way: see desktop/engine-host.
  process.env.VARIA_ENGINE_NODE ??= process.execPath
  const begun = Date.now()
  const { status, stopped, why } = await launch(electron, [...(asRoot ? ['--no-sandbox'] : []), root, ...passed])
  if (status !== 0 && !stopped && Date.now() - begun < showsWindowWithin) return `Electron does not start here: ${why}`
  process.exit(status)
}

/** A project that was named for the window, as the server takes it. */
const serverWords = passed.flatMap((word) => (/\.varia[\\/]?$/i.test(word) ? ['--project', word] : [word]))

try {
  await setUp({ electron: hasDisplay })
} catch (error) {
  say(error.message)
  process.exit(1)
}
const whyNot = await openWindow()
say(`No window: ${whyNot}. Serving the studio to a browser on this machine instead.`)
const { status } = await launch(process.execPath, [path.join(root, 'bin', 'varia.mjs'), 'serve', ...serverWords])
process.exit(status)
