/** `varia serve`, `varia open` and `varia bench`: the other doors, and the measurements. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type BackendName } from '../../contract/backend'
import { VariaError } from '../../contract/errors'
import { backendOption, commandOf, type CommonOptions, wholeNumber } from '../command'
import { dataFolder, packageRoot, projectsFolder, versionOf } from '../installation'
import { type Terminal } from '../terminal'
import { projectFolder } from '../workspace'

/** Runs something that needs no studio of its own; failures become messages and exit codes as everywhere. */
export type RunPlain = (
  options: CommonOptions,
  work: (terminal: Terminal, signal: AbortSignal) => Promise<void>,
) => Promise<void>

interface ServeOptions extends CommonOptions {
  readonly port: number
  readonly host?: string
  readonly token?: string
  readonly project?: string
  readonly backend?: BackendName
}

export function serveCommand(run: RunPlain): Command {
  return commandOf('serve', 'Serve the studio to a browser on this machine; Ctrl-C ends it')
    .option('--port <number>', 'port to listen on; 0 takes any that is free', wholeNumber(0, 65_535), 8765)
    .option('--host <address>', 'address to listen on; only this machine unless given')
    .option('--token <text>', 'the secret that lets a browser in; made up unless given')
    .option('--project <folder>', 'a .varia folder to open at once')
    .addOption(backendOption())
    .action((options: ServeOptions) =>
      run(options, async (terminal, signal) => {
        const { serveStudio } = await import('../../server/serve')
        const { isLoopback } = await import('../../server/visitor')
        const root = packageRoot()
        const { port, host, token, project, backend } = options
        // Some request's work failed unheard. What is committed is on disk and other work goes on, so the server lives.
        process.on('unhandledRejection', (reason) => {
          terminal.note(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`)
        })
        const server = await serveStudio({
          port,
          dataFolder: dataFolder(),
          projectsFolder: projectsFolder(),
          version: versionOf(root),
          rendererFolder: join(root, 'out', 'renderer'),
          log: (line) => {
            terminal.note(line)
          },
          ...(host === undefined ? {} : { host }),
          ...(token === undefined ? {} : { token }),
          ...(project === undefined ? {} : { project: projectFolder(project) }),
          ...(backend === undefined ? {} : { backend }),
        })
        terminal.result({ address: server.address, port: server.port }, [
          `Varia is open at ${server.address}`,
          'Keep this address to yourself: it lets whoever has it in. Ctrl-C ends it.',
        ])
        if (host !== undefined && !isLoopback(host)) {
          terminal.note('Others on this network can reach it, and nothing is encrypted: an ssh tunnel is safer.')
        }
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve()
          signal.addEventListener('abort', () => {
            resolve()
          })
        })
        await server.close()
      }),
    )
}

export function openCommand(run: RunPlain): Command {
  return commandOf('open', 'Open the studio in its window, with a project where one is named')
    .argument('[project]', 'a .varia folder')
    .action((project: string | undefined, options: CommonOptions) =>
      run(options, async (terminal) => {
        requireDisplay()
        const root = packageRoot()
        const electron = electronPath(root)
        const folder = project === undefined ? [] : [existingProject(project)]
        // Chromium refuses its sandbox to root on Linux; nobody else ever gets this flag.
        const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
        // This Node, for an engine of its own where Electron's libraries get in sharp's way: see desktop/engine-host.
        const env = { VARIA_ENGINE_NODE: process.execPath, ...process.env }
        const child = spawn(electron, [...flags, root, ...folder], { detached: true, stdio: 'ignore', env })
        await new Promise<void>((resolve, reject) => {
          child.once('error', reject)
          child.once('spawn', resolve)
        })
        child.unref()
        terminal.result({ process: child.pid ?? null }, ['The studio opens in its window.'])
      }),
    )
}

export function benchCommand(run: RunPlain): Command {
  return commandOf('bench', 'Measure import, learning, decoding and mapping on this machine')
    .option('--only <names>', 'some of network, import, map, window; with commas between them')
    .addOption(new Option('--markdown', 'a table for a document').conflicts('json'))
    .action((options: CommonOptions & { only?: string; markdown?: boolean }, command: Command) =>
      run(options, async () => {
        const script = join(packageRoot(), 'scripts', 'bench.mjs')
        if (!existsSync(script)) {
          throw new VariaError({
            code: 'not-found',
            message: 'The measurements are not part of this installation.',
            remedy: 'Run them in a clone of Varia: npm run bench',
          })
        }
        const { json, only, markdown } = options
        const given = [
          ...(json === true ? ['--json'] : []),
          ...(markdown === true ? ['--markdown'] : []),
          ...(only === undefined ? [] : ['--only', only]),
        ]
        const status = await new Promise<number>((resolve, reject) => {
          const child = spawn(process.execPath, [script, ...given], { stdio: 'inherit' })
          child.once('error', reject)
          child.once('exit', (code) => {
            resolve(code ?? 1)
          })
        })
        if (status === 2) command.error(`error: --only ${only ?? ''} names no measurement`)
        if (status !== 0) {
          throw new VariaError({
            code: 'internal',
            message: 'The measurements ended early.',
            remedy: 'See the lines above.',
          })
        }
      }),
    )
}

/** @throws VariaError `not-found` where a window would open for nobody to see */
function requireDisplay(): void {
  const { DISPLAY: x11 = '', WAYLAND_DISPLAY: wayland = '' } = process.env
  if (process.platform !== 'linux' || x11 !== '' || wayland !== '') return
  throw new VariaError({
    code: 'not-found',
    message: 'There is no display here to open a window on.',
    remedy: 'Use the studio in a browser: varia serve',
  })
}

/** The folder of a project that is there. @throws VariaError `project-missing` */
function existingProject(place: string): string {
  const folder = projectFolder(place)
  if (existsSync(join(folder, 'project.db'))) return folder
  throw new VariaError({
    code: 'project-missing',
    message: `There is no project in ${folder}.`,
    remedy: 'Choose a folder that ends in .varia.',
    subject: folder,
  })
}

/** The Electron to open the window with. @throws VariaError `not-found` */
function electronPath(root: string): string {
  const own = process.env['VARIA_ELECTRON']
  if (own !== undefined && own !== '') return own
  try {
    // Looked for by hand: to load its package would fetch it where it is missing.
    const folder = join(root, 'node_modules', 'electron')
    const program = readFileSync(join(folder, 'path.txt'), 'utf8')
    const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), program)
    if (existsSync(path)) return path
  } catch {
    // Told below, with what to do.
  }
  throw new VariaError({
    code: 'not-found',
    message: 'There is no Electron here to open a window with.',
    remedy: 'Run npm run setup, which fetches it, or use the studio in a browser: varia serve',
  })
}
