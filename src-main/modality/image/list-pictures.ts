/** Finds the pictures below a folder, wherever they lie. */
import { type Dirent } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cancelled, VariaError } from '../../contract/errors'
import { type SourceEntry, type VisitFolder } from '../source'
import { looksLikePicture, sniffLength, sniffPicture } from './formats'

/** Folders that hold no designs of their own: what systems leave behind, and Varia's own projects. */
function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || name.endsWith('.varia')
}

/**
 * Every picture below `folder`, depth first, names in code-point order: the same listing each time. Hidden files are
 * skipped. A file counts as a picture by its name or, where its name says nothing, by its first bytes. Links are
 * followed; a folder that several links lead to, or that lies inside itself, is visited once. A folder below that can't
 * be opened is listed itself, so that reading it tells why.
 * Throws VariaError `folder-missing`, or `cancelled`.
 */
export async function* listPictures(
  folder: string,
  signal?: AbortSignal,
  visit?: VisitFolder,
): AsyncGenerator<SourceEntry> {
  yield* walk(folder, '', { visited: new Set(), signal, visit })
}

/** The error for a folder that isn't there, or not any more. */
export function folderMissing(folder: string, cause?: unknown): VariaError {
  return new VariaError(
    {
      code: 'folder-missing',
      message: `The folder “${folder}” is not there.`,
      remedy: 'Check that the disk is connected and that the folder was not moved or renamed, then try again.',
      subject: folder,
    },
    { cause },
  )
}

interface Walk {
  /** Folders that were seen, by device and number. */
  readonly visited: Set<string>
  readonly signal: AbortSignal | undefined
  readonly visit: VisitFolder | undefined
}

async function* walk(folder: string, prefix: string, how: Walk): AsyncGenerator<SourceEntry> {
  const found = await openFolder(folder, prefix, how)
  if (found === 'unreadable') {
    yield { name: prefix.slice(0, -1), path: folder, attributes: {} }
    return
  }
  for (const dirent of found) {
    if (how.signal?.aborted) throw cancelled('Looking for pictures')
    const path = join(folder, dirent.name)
    const kind = await kindOf(dirent, path)
    if (kind === 'folder') yield* walk(path, `${prefix}${dirent.name}/`, how)
    else if (looksLikePicture(dirent.name) || (kind === 'file' && (await holdsPicture(path)))) {
      yield { name: prefix + dirent.name, path, attributes: {} }
    }
  }
}

async function openFolder(folder: string, prefix: string, { visited, visit }: Walk): Promise<Dirent[] | 'unreadable'> {
  try {
    const { dev, ino } = await stat(folder, { bigint: true })
    if (visited.has(`${dev}:${ino}`)) return []
    visited.add(`${dev}:${ino}`)
    await visit?.(folder)
    const found = await readdir(folder, { withFileTypes: true })
    return found.filter(({ name }) => !isPassedOver(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    const { code } = error as { code?: string }
    if (prefix === '' && (code === 'ENOENT' || code === 'ENOTDIR')) throw folderMissing(folder, error)
    if (prefix === '') throw error
    return 'unreadable'
  }
}

async function kindOf(dirent: Dirent, path: string): Promise<'file' | 'folder' | 'other'> {
  if (dirent.isFile()) return 'file'
  if (dirent.isDirectory()) return 'folder'
  if (!dirent.isSymbolicLink()) return 'other'
  try {
    const target = await stat(path)
    return target.isFile() ? 'file' : target.isDirectory() ? 'folder' : 'other'
  } catch {
    return 'other' // a link that leads nowhere; listed if its name promises a picture
  }
}

/** Whether a file whose name promises nothing holds a picture that Varia reads. */
async function holdsPicture(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(sniffLength), 0, sniffLength, 0)
      const sniffed = sniffPicture(buffer.subarray(0, bytesRead))
      return sniffed?.kind === 'readable' && !sniffed.gzipped
    } finally {
      await file.close()
    }
  } catch {
    return false // nothing says that this is a picture, and it can't be opened to see
  }
}
