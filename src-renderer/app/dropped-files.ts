/** What was dropped on a page, folders opened up. */
import type { Dropped } from '../../src-main/contract/bridge'
import type { NamedFile } from './uploads'

function isEntry(value: unknown): value is FileSystemEntry {
  return typeof value === 'object' && value !== null && 'isDirectory' in value
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** All entries of a folder; a browser hands them out a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

async function filesBelow(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (entry.isFile) return [{ name: entry.fullPath.slice(1), file: await fileOf(entry as FileSystemFileEntry) }]
  const below = await entriesOf(entry as FileSystemDirectoryEntry)
  return (await Promise.all(below.map(filesBelow))).flat()
}

/** The files of a drop with their paths below what was dropped. Call it synchronously: a drop is readable only at once. */
export function droppedFiles(drop: Dropped): Promise<NamedFile[]> {
  const entries = Array.from(drop.items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry?.() : null))
  const folders = entries.filter(isEntry)
  if (folders.length > 0) return Promise.all(folders.map(filesBelow)).then((lists) => lists.flat())
  return Promise.resolve(Array.from(drop.files, (file) => ({ name: file.name, file })))
}
