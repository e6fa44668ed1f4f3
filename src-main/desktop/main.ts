/** Entry of the desktop application: one instance, then {@link DesktopApplication}. */
import { app, powerMonitor } from 'electron'
import { join, resolve } from 'node:path'
import { DesktopApplication } from './application'
import { hardenProcess } from './hardening'
import { registerPageScheme } from './page-protocol'

app.setName('Varia')
// A folder of its own for every kept state: for tests, and for whoever keeps two studios apart.
const ownData = process.env['VARIA_DATA']
if (ownData !== undefined && ownData !== '') app.setPath('userData', resolve(ownData))

/** Where new projects are made. */
function projectsFolder(): string {
  const own = process.env['VARIA_PROJECTS']
  return own !== undefined && own !== '' ? resolve(own) : join(app.getPath('documents'), 'Varia')
}

if (app.requestSingleInstanceLock()) {
  hardenProcess(app)
  registerPageScheme()
  const built = join(__dirname, '..')
  const desktop = new DesktopApplication({
    built,
    application: join(built, '..'),
    userData: app.getPath('userData'),
    projects: projectsFolder(),
  })
  app.on('second-instance', (_event, commandLine, workingFolder) => {
    desktop.secondInstance(commandLine, workingFolder)
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    desktop.openProjects([path])
  })
  app.on('activate', () => {
    desktop.showWindow()
  })
  app.on('window-all-closed', () => {
    desktop.allWindowsClosed()
  })
  app.on('before-quit', (event) => {
    if (!desktop.mayQuit()) event.preventDefault()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      desktop.end()
    })
  }
  void app.whenReady().then(() => {
    powerMonitor.on('shutdown', () => {
      desktop.end()
    })
    desktop.start(process.argv, process.cwd())
  })
} else {
  app.quit()
}
