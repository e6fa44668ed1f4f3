/** Where Varia is installed, and where it keeps what belongs to no project. */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
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

type Environment = Readonly<Record<string, string | undefined>>

/** A variable that is set to something. */
function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  return value === '' ? undefined : value
}

/** Where configuration lies on a Linux desktop. */
const configFolder = (environment: Environment): string =>
  given(environment, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config')

/**
 * Where the studio keeps its own files: the very folder of the desktop application's engine, so that all doors know the same
 * recent projects and what this machine was measured at.
 */
export function dataFolder(environment: Environment = process.env, platform = process.platform): string {
  const own = given(environment, 'VARIA_DATA')
  if (own !== undefined) return join(resolve(own), 'studio')
  switch (platform) {
    case 'win32':
      return join(given(environment, 'APPDATA') ?? join(homedir(), 'AppData', 'Roaming'), 'Varia', 'studio')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Varia', 'studio')
    default:
      return join(configFolder(environment), 'Varia', 'studio')
  }
}

/** Where projects are made that name no folder: `Varia` among its user's documents, as in the desktop application. */
export function projectsFolder(environment: Environment = process.env, platform = process.platform): string {
  const own = given(environment, 'VARIA_PROJECTS')
  if (own !== undefined) return resolve(own)
  const named = platform === 'win32' || platform === 'darwin' ? null : namedDocuments(configFolder(environment))
  return join(named ?? join(homedir(), 'Documents'), 'Varia')
}

/** A Linux desktop may call the folder of documents by another name, and says so in a file. */
function namedDocuments(folder: string): string | null {
  try {
    const text = readFileSync(join(folder, 'user-dirs.dirs'), 'utf8')
    const path = /^XDG_DOCUMENTS_DIR="(.+)"$/m.exec(text)?.[1]?.replace(/^\$HOME(?=\/)/, homedir())
    return path !== undefined && isAbsolute(path) ? path : null
  } catch {
    return null
  }
}
