/** `npm start`: sets up what is missing and opens the studio, in a window where there can be one, else in a browser. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setUp } from './setup.mjs'
import { findElectron } from './setup/electron.mjs'
import { root } from './setup/places.mjs'
import { say } from './setup/say.mjs'

/** Why there can be no window, or null. */
function whyNoWindow() {
  if (findElectron() === null) return 'Electron is not installed'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  return null
}

function launch(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    say(`The studio could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
}

try {
  await setUp({ electron: true })
} catch (error) {
  say(error.message)
  process.exit(1)
}

const why = whyNoWindow()
const passed = process.argv.slice(2)
if (why === null) {
  // Chromium refuses its sandbox to root on Linux; nobody else ever gets this flag.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot) say("Running as root: Chromium's sandbox is off. Start Varia as an ordinary user to have it.")
  // The engine runs under this Node where Electron's own libraries get in sharp's way: see desktop/engine-host.
  process.env.VARIA_ENGINE_NODE ??= process.execPath
  launch(findElectron(), [...(asRoot ? ['--no-sandbox'] : []), root, ...passed])
} else {
  say(`No window (${why}): serving the studio to a browser on this machine instead.`)
  launch(process.execPath, [path.join(root, 'bin', 'varia.mjs'), 'serve', ...passed])
}
