/** Starts the desktop application with folders of its own, and knows its processes. */
import { _electron, errors, type ElectronApplication, type Page } from '@playwright/test'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { electronProgram, root, sandboxFlags } from './places'

export interface DesktopOptions {
  /** Arguments behind the application's folder, such as a project. */
  readonly arguments?: readonly string[]
  /** Flags for Chromium. */
  readonly flags?: readonly string[]
  /** Kept from an earlier start; a fresh one unless given. */
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
}

export interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
  /** With `data` and `projects`; removed by whoever made it. */
  readonly folder: string
  /** What the main process and the engine wrote to their output. */
  readonly output: () => string
  /** Process ids of the engine: none while it is being restarted. */
  readonly engines: () => number[]
  readonly close: () => Promise<void>
}

function environmentFor(folder: string, extra: DesktopOptions['environment']): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    ...Object.fromEntries(inherited),
    VARIA_DATA: join(folder, 'data'),
    VARIA_PROJECTS: join(folder, 'projects'),
    // As `npm start` does it.
    VARIA_ENGINE_NODE: process.execPath,
    ...extra,
  }
}

/** The children of a process that run the engine, whichever way it is hosted (Linux). */
export function enginesOf(parent: number): number[] {
  const children: number[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(ppid) !== parent || state === 'Z') continue
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      if (command.includes('engine.cjs') || command.includes('node.mojom.NodeService')) children.push(Number(name))
    } catch {
      // It ended meanwhile.
    }
  }
  return children
}

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'varia-e2e-'))
  for (const name of ['data', 'projects']) mkdirSync(join(folder, name))
  return folder
}

/**
 * Playwright attaches to the window's page while Electron still makes it, and once in some sixty starts waits for an answer that
 * was given before it listened: the window is up by then, and works. It ends what it started; the next start is another one.
 */
async function launched(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options)
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    return _electron.launch(options)
  }
}

/** Starts the application and waits for its window's page. */
export async function launchDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const program = electronProgram()
  if (program === null) throw new Error('There is no Electron to test with.')
  const folder = options.folder ?? freshFolder()
  const app = await launched({
    executablePath: program,
    args: [...sandboxFlags, ...(options.flags ?? []), root, ...(options.arguments ?? [])],
    env: environmentFor(folder, options.environment),
    timeout: 40_000,
  })
  let output = ''
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (text: Buffer) => {
      output = (output + text.toString()).slice(-200_000)
    })
  }
  const page = await app.firstWindow({ timeout: 60_000 })
  await page.waitForLoadState('domcontentloaded')
  const { pid } = app.process()
  return {
    app,
    page,
    folder,
    output: () => output,
    engines: () => (pid === undefined ? [] : enginesOf(pid)),
    close: async () => {
      // Quitting asks while a run trains; the tests have no hand to answer.
      await app
        .evaluate(({ dialog }) => {
          dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
        })
        .catch(() => undefined)
      await app.close()
    },
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
