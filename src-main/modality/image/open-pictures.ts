/** Folders and files on disk as a source of designs. */
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { DesignProblem, type DesignSource, type LoadedDesign, type SourceEntry, type VisitFolder } from '../source'
import { defaultLimits, type PictureLimits } from './limits'
import { folderMissing, listPictures } from './list-pictures'
import { withFile } from './read-file'

interface Root {
  readonly path: string
  readonly isFolder: boolean
}

/**
 * A source of the pictures in folders and files, given by absolute paths: folders are searched recursively, files stand
 * for themselves. Names are paths below the folder; with several paths those in folders begin with their folder's name.
 * Throws VariaError `folder-missing` where a path doesn't exist.
 */
export async function openPictures(
  paths: readonly string[],
  limits: PictureLimits = defaultLimits,
): Promise<DesignSource> {
  const roots: Root[] = []
  for (const path of new Set(paths.map((given) => resolve(given)))) {
    roots.push({ path, isFolder: await isFolder(path) })
  }
  return {
    origin: originOf(roots),
    attributeNames: [],
    entries: (signal, visit) => listRoots(roots, signal, visit),
    with: (entry, use) => withEntry(entry, roots, limits, use),
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') throw folderMissing(path, error)
    throw error
  }
}

function originOf(roots: readonly Root[]): string {
  const [first] = roots
  if (first === undefined) return 'nothing'
  if (roots.length === 1) return basename(first.path) || first.path
  const folders = roots.filter((root) => root.isFolder).length
  const count = (n: number, word: string): string[] => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`])
  return [...count(folders, 'folder'), ...count(roots.length - folders, 'file')].join(' and ')
}

async function* listRoots(
  roots: readonly Root[],
  signal?: AbortSignal,
  visit?: VisitFolder,
): AsyncGenerator<SourceEntry> {
  const taken = new Set<string>()
  const unique = (name: string): string => {
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`
    taken.add(free)
    return free
  }
  for (const { path, isFolder } of roots) {
    if (!isFolder) {
      yield { name: unique(basename(path)), path, attributes: {} }
    } else {
      const prefix = roots.length === 1 ? '' : `${basename(path)}/`
      for await (const entry of listPictures(path, signal, visit)) yield { ...entry, name: unique(prefix + entry.name) }
    }
  }
}

async function withEntry<T>(
  entry: SourceEntry,
  roots: readonly Root[],
  limits: PictureLimits,
  use: (design: LoadedDesign) => Promise<T>,
): Promise<T> {
  if (entry.path === null) throw new Error(`“${entry.name}” lies in no file`)
  try {
    return await withFile(entry.name, entry.path, limits, use)
  } catch (error) {
    // One file that vanished is that file's problem; a folder that vanished is everyone's.
    if (error instanceof DesignProblem && error.problem.code === 'image-unreadable') {
      for (const root of roots) if (root.isFolder) await isFolder(root.path)
    }
    throw error
  }
}
