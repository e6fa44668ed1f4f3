/**
 * The desktop application: one instance, one window, one engine. The main process only owns these and stays idle
 * otherwise, so the window never freezes.
 */
import { app, type BrowserWindow, dialog, Menu, session } from 'electron'
import { join } from 'node:path'
import { type Granted, type MenuAction } from '../contract/bridge'
import { type EngineStatus } from '../contract/engine-control'
import { type Failure } from '../contract/errors'
import { type Finished, notifyFinished, SleepBlocker } from './attention'
import { droppedPath } from './dialogs'
import { hostSetting } from './engine-host'
import { startForkHost } from './fork-host'
import { hardenContents, hardenSession } from './hardening'
import { grantAll, serveIpc } from './ipc'
import { isAtWork, quitQuestion } from './leaving'
import { openMainWindow } from './main-window'
import { menuTemplate } from './menu'
import { projectsOf } from './open-requests'
import { handlePageScheme, pageAddress, pageOrigin } from './page-protocol'
import { EngineSupervisor } from './supervisor'
import { startUtilityHost } from './utility-host'

export interface Places {
  /** The built bundles: `main`, `preload` and `renderer` lie in it. */
  readonly built: string
  /** The application's own folder, with `resources`. */
  readonly application: string
  readonly userData: string
  readonly projects: string
}

export class DesktopApplication {
  readonly #places: Places
  readonly #engine: EngineSupervisor
  readonly #sleep = new SleepBlocker()
  #window: BrowserWindow | null = null
  /** Projects opened from outside that the window has not heard of yet. */
  #toOpen: Granted[] = []
  #listening = false
  #quitting: 'no' | 'asking' | 'closing' | 'done' = 'no'
  #lastPlace: string | null = null
  #atWork = false

  constructor(places: Places) {
    this.#places = places
    const entry = join(places.built, 'main', 'engine.cjs')
    const setting = hostSetting(process.env, process.platform)
    this.#engine = new EngineSupervisor({
      startHost: () => (setting.kind === 'fork' ? startForkHost(entry, setting.node) : startUtilityHost(entry)),
      start: {
        dataFolder: join(places.userData, 'studio'),
        projectsFolder: places.projects,
        version: app.getVersion(),
      },
      onStatus: (status) => {
        this.#hearStatus(status)
      },
      onFinished: (work) => {
        this.#hearFinished(work)
      },
      onReady: (failure, restarted) => {
        if (failure !== null) this.#log(`not taken up again: ${failure.message}`)
        else if (restarted) this.#log('the engine is back')
        this.#quitIfOutOfSight()
      },
      onGivenUp: (failure) => {
        this.#tellGivenUp(failure)
      },
      log: (line) => {
        this.#log(line)
      },
    })
  }

  /** For tests that look for the engine's process. */
  get engine(): EngineSupervisor {
    return this.#engine
  }

  /** Call once Electron is ready. */
  start(commandLine: readonly string[], workingFolder: string): void {
    const own = session.defaultSession
    hardenSession(own, pageOrigin)
    handlePageScheme(own, join(this.#places.built, 'renderer'))
    // Whatever else comes to life gets the same rules as the window.
    app.on('web-contents-created', (_event, contents) => {
      hardenContents(contents, pageAddress)
    })
    serveIpc({
      engine: this.#engine,
      origin: pageOrigin,
      onListening: () => {
        this.#listening = true
        this.#flushProjects()
      },
    })
    this.#engine.start()
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, (action) => this.#choose(action))))
    this.showWindow()
    this.openProjects(projectsOf(commandLine, workingFolder))
  }

  /** Brings the window to the front, making it where there is none. */
  showWindow(): void {
    if (this.#window === null) {
      this.#listening = false
      const window = openMainWindow({
        preload: join(this.#places.built, 'preload', 'preload.cjs'),
        icon: join(this.#places.application, 'resources', 'icon.png'),
        stateFile: join(this.#places.userData, 'window.json'),
        devTools: !app.isPackaged,
        log: (line) => {
          this.#log(line)
        },
      })
      window.on('closed', () => {
        this.#window = null
        this.#listening = false
      })
      window.webContents.on('did-start-loading', () => {
        this.#listening = false
      })
      this.#window = window
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Hands projects to the window. Only the last one ends up open, as one is open at a time. */
  openProjects(paths: readonly string[]): void {
    if (paths.length === 0) return
    this.#grantProjects(paths).catch((error: unknown) => {
      this.#log(`a project could not be opened: ${String(error)}`)
    })
  }

  /** Another start of the application: its window is this one. */
  secondInstance(commandLine: readonly string[], workingFolder: string): void {
    this.showWindow()
    this.openProjects(projectsOf(commandLine, workingFolder))
  }

  /** All windows are closed: what is under way goes on out of sight, then the application ends (not on a Mac). */
  allWindowsClosed(): void {
    this.#quitIfOutOfSight()
  }

  /** Called for `before-quit`: true lets Electron quit. */
  mayQuit(): boolean {
    if (this.#quitting === 'done') return true
    if (this.#quitting === 'no') {
      this.#quitting = 'asking'
      this.#endThenQuit().catch((error: unknown) => {
        this.#log(`while quitting: ${String(error)}`)
        app.exit(1)
      })
    }
    return false
  }

  /** Ends without a question, as the system asks for it. */
  end(): void {
    if (this.#quitting === 'closing' || this.#quitting === 'done') return
    this.#quitting = 'closing'
    void this.#engine.shutdown().finally(() => {
      this.#quitting = 'done'
      app.quit()
    })
  }

  async #endThenQuit(): Promise<void> {
    if (!(await this.#wantsToQuit())) {
      this.#quitting = 'no'
      return
    }
    this.#quitting = 'no'
    this.end()
  }

  async #wantsToQuit(): Promise<boolean> {
    const question = quitQuestion(this.#engine.status)
    if (question === null) return true
    const { response } =
      this.#window === null
        ? await dialog.showMessageBox(question)
        : await dialog.showMessageBox(this.#window, question)
    return response === 0
  }

  /** Whether it is only here for the work under way. On a Mac it stays in the Dock. */
  #endsOutOfSight(): boolean {
    const leaving = this.#quitting === 'closing' || this.#quitting === 'done'
    return process.platform !== 'darwin' && this.#window === null && !leaving && !this.#engine.isComingBack
  }

  #quitIfOutOfSight(): void {
    if (this.#endsOutOfSight() && !isAtWork(this.#engine.status)) this.end()
  }

  #hearStatus(status: EngineStatus): void {
    this.#sleep.set(status.training.length > 0)
    const place = status.project?.place ?? null
    if (place !== null && place !== this.#lastPlace) app.addRecentDocument(place)
    this.#lastPlace = place
    const ended = this.#atWork && !isAtWork(status)
    this.#atWork = isAtWork(status)
    if (ended) this.#quitIfOutOfSight()
  }

  #hearFinished(work: Finished): void {
    notifyFinished(work, this.#window, () => {
      this.showWindow()
    })
    // Where the application would end out of sight nobody would hear why: the window comes back and tells.
    if (work.ended === 'failed' && this.#endsOutOfSight()) this.showWindow()
  }

  #choose(action: MenuAction): void {
    this.showWindow()
    this.#window?.webContents.send('varia:menu', action)
  }

  async #grantProjects(paths: readonly string[]): Promise<void> {
    const found = (await Promise.all(paths.map(droppedPath))).filter((one) => one !== null)
    this.#toOpen.push(...(await grantAll(this.#engine, found)))
    this.#flushProjects()
  }

  #flushProjects(): void {
    if (!this.#listening || this.#window === null) return
    for (const project of this.#toOpen.splice(0)) this.#window.webContents.send('varia:open-project', project)
  }

  #tellGivenUp(failure: Failure): void {
    this.#log(`${failure.message} ${failure.remedy}`)
    const box = {
      type: 'error' as const,
      message: failure.message,
      detail: failure.remedy,
      buttons: ['Start It Again', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    }
    void (this.#window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(this.#window, box)).then(
      ({ response }) => {
        if (response === 0) this.#engine.start()
        else app.quit()
      },
    )
  }

  #log(line: string): void {
    process.stderr.write(`${line}\n`)
  }
}
