/**
 * Which file of one folder an address names (SAFETY row 3). Names are checked before the disk is asked, and what the disk
 * answers is checked again: a link out of the folder is as good as no file.
 */
import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface Asset {
  readonly path: string
  /** Its media type. */
  readonly type: string
  readonly bytes: number
  /** Named by the hash of its content: it may be kept for ever. */
  readonly hashed: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** The parts of a path below the root, or null where it is not a plain one. */
function segments(pathname: string): string[] | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  // Backslashes and colons mean something to Windows, NUL to the system; a second decoding would mean something to a fool.
  if (/[\\:%\0]/.test(decoded) || !decoded.startsWith('/') || decoded.startsWith('//')) return null
  const parts = decoded.slice(1).split('/')
  if (parts.length === 1 && parts[0] === '') return ['index.html']
  const plain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[. ]$/.test(part))
  return plain ? parts : null
}

/**
 * The file below `root` that `pathname` (percent-encoded, beginning with `/`) names; null when there is none, when it is of
 * no type that a page needs, or when it lies outside by whatever trick.
 */
export async function findAsset(root: string, pathname: string): Promise<Asset | null> {
  const parts = segments(pathname)
  if (parts === null) return null
  const type = types[extname(parts[parts.length - 1] ?? '').toLowerCase()]
  if (type === undefined) return null
  try {
    const realRoot = await realpath(root)
    const path = await realpath(join(realRoot, ...parts))
    if (!path.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return null
    const found = await stat(path)
    if (!found.isFile()) return null
    return { path, type, bytes: found.size, hashed: parts[0] === 'assets' }
  } catch {
    return null
  }
}
