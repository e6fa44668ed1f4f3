/** Starts `varia serve` as a process of its own, and a browser before it. */
import { type Browser, chromium, type Page } from '@playwright/test'
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { chromiumProgram, root, sandboxFlags } from './places'

export interface Served {
  readonly address: string
  readonly process: ChildProcess
  readonly close: () => Promise<void>
}

/** Starts the server with its own data folder; resolves with the address it prints. */
export function startServer(folder: string, more: readonly string[] = []): Promise<Served> {
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'cli.cjs'), 'serve', '--port', '0', ...more], {
    cwd: folder,
    env: { ...process.env, VARIA_DATA: join(folder, 'data'), VARIA_PROJECTS: join(folder, 'projects') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (text: Buffer): void => {
      said += text.toString()
      const address = /http:\/\/[^\s"]+#token=[\w-]+/.exec(said)?.[0]
      if (address === undefined) return
      const close = async (): Promise<void> => {
        child.kill('SIGTERM')
        await ended
      }
      resolve({ address, process: child, close })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`The server ended with ${String(code)}: ${said}`)))
  })
}

/** A browser with a fresh profile and WebGL in software. */
export async function startBrowser(): Promise<Browser> {
  const program = chromiumProgram()
  if (program === null) throw new Error('There is no Chromium to test with.')
  return chromium.launch({
    executablePath: program,
    args: [
      ...sandboxFlags,
      '--disable-background-networking',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  })
}

/** Opens an address in a page of the desktop window's size. */
export async function openPage(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(address)
  return page
}
