/**
 * Where exported files go: into a granted folder, to a granted file, or back as bytes. Files are written whole under a
 * temporary name and renamed; a name that is taken gets a number, never an overwrite.
 */
import { stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { zipSync } from 'fflate'
import { VariaError } from '../../contract/errors'
import { type ExportResult } from '../../contract/export'
import { realDisk, writeFileAtomically } from '../../project/disk'
import { type Grant } from '../grants'
import { type ExportedFile } from './exporter'
import { removeLeftovers, temporaryName } from './leftovers'

/** Bytes handed back at most: they are in memory on both sides of the border. */
const largestDownload = 1.5 * 2 ** 30

type Files = AsyncIterable<ExportedFile>

/**
 * Writes files where a grant says. An export that is stopped or fails takes back what it has written, but for a file
 * that its user let it write over.
 * @throws VariaError `export-exists`, `disk-full`, `disk-error`
 */
export async function writeToGrant(grant: Grant, files: Files): Promise<ExportResult> {
  const folder = grant.kind === 'folder' ? grant.path : dirname(grant.path)
  await removeLeftovers(folder)
  const written: string[] = []
  const made: string[] = []
  try {
    for await (const file of files) {
      // More files than were asked for lie beside the one that was named.
      const isNamed = grant.kind === 'file' && written.length === 0
      const path = isNamed ? grant.path : join(folder, await freeName(folder, file.name))
      const isThere = isNamed && (await exists(path))
      if (isThere && !grant.mayOverwrite) throw alreadyThere(grant)
      await writeFileAtomically(realDisk, path, [file.data], join(folder, temporaryName())).catch((error: unknown) => {
        // Its user knows the file by its name, not by that of the half that is written first.
        throw error instanceof Error && 'path' in error ? Object.assign(error, { path }) : error
      })
      if (!isThere) made.push(path)
      written.push(isNamed ? grant.name : basename(path))
    }
  } catch (error) {
    for (const path of made) await realDisk.remove(path).catch(() => undefined)
    throw error
  }
  return { files: written, download: null }
}

/** Gathers files into one download: the file itself, or a ZIP of several. */
export async function gatherDownload(title: string, files: Files): Promise<ExportResult> {
  const all: ExportedFile[] = []
  const taken = new Set<string>()
  let bytes = 0
  for await (const file of files) {
    bytes += file.data.length
    if (bytes > largestDownload) {
      throw new VariaError({
        code: 'out-of-memory',
        message: 'This export is too large to be handed over at once.',
        remedy: 'Export fewer pictures, or a smaller scale, at a time.',
      })
    }
    let name = file.name
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = numbered(file.name, number)
    taken.add(name.toLowerCase())
    all.push({ ...file, name })
  }
  const names = all.map(({ name }) => name)
  const only = all[0]
  if (only !== undefined && all.length === 1) {
    return { files: names, download: { name: only.name, mime: only.mime, data: only.data } }
  }
  // Pictures and weights don't get smaller by packing.
  const zip = zipSync(Object.fromEntries(all.map(({ name, data }) => [name, [data, { level: 0 }]])))
  return { files: names, download: { name: `${title}.zip`, mime: 'application/zip', data: Uint8Array.from(zip) } }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** `name`, or with the first number that is free. */
async function freeName(folder: string, name: string): Promise<string> {
  let free = name
  for (let number = 2; await exists(join(folder, free)); number++) free = numbered(name, number)
  return free
}

function numbered(name: string, number: number): string {
  const suffix = extname(name)
  return `${name.slice(0, name.length - suffix.length)} ${String(number)}${suffix}`
}

function alreadyThere(grant: Grant): VariaError {
  return new VariaError({
    code: 'export-exists',
    message: `${grant.path} is there already.`,
    remedy: 'Choose another name, or move the file away first.',
    subject: grant.path,
  })
}
