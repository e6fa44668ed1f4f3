/** Where Varia is installed, and where it keeps what belongs to no project. */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { VariaError } from '../contract/errors'

/** The folder of Varia's package.json, above the bundle or above the sources. */
export function packageRoot(): string {
  // Absent where the sources run as ES modules; the process was then started with a file below the package.
  let folder = typeof __dirname === 'string' ? __dirname : dirname(resolve(process.argv[1] ?? '.'))
  for (;;) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && named(file) === 'varia') return folder
    const above = dirname(folder)
    if (above === folder) {
      throw new VariaError({
        code: 'internal',
        message: 'Varia can’t find where it is installed.',
        remedy: 'Run it from its own folder, or install it again.',
      })
    }
    folder = above
  }
}

function named(file: string): unknown {
  return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name
}

/** Varia's version. */
export function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}

/** Where the desktop application keeps its own files too, so that both know the same recent projects. */
export function dataFolder(): string {
  const own = process.env['VARIA_DATA']
  if (own !== undefined && own !== '') return resolve(own)
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Varia')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Varia')
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Varia')
  }
}
