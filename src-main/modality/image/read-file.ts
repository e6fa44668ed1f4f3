/** Reads a picture's file whole, hashing it meanwhile in pieces that leave the event loop free. */
import { createHash } from 'node:crypto'
import { open, type FileHandle, stat } from 'node:fs/promises'
import { type ImportProblem } from '../../contract/collection'
import { DesignProblem, type LoadedDesign } from '../source'
import { Budget } from './budget'
import { type PictureLimits } from './limits'

/** Bytes of files held at once, all imports together. */
const budget = new Budget(512 * 1024 * 1024)

/** At a gigabyte or more a second, a piece is hashed in a few milliseconds. */
const piece = 4 * 1024 * 1024

/** Gives the file's content to `use`. Throws {@link DesignProblem} `image-unreadable`, `image-too-large`. */
export async function withFile<T>(
  name: string,
  path: string,
  limits: PictureLimits,
  use: (design: LoadedDesign) => Promise<T>,
): Promise<T> {
  const file = await openFile(name, path)
  let closed = false
  try {
    const size = await sizeOf(name, file, limits)
    return await budget.with(size, async () => {
      const design = await readWhole(name, file, size)
      closed = true
      await file.close()
      return use(design)
    })
  } finally {
    if (!closed) await file.close()
  }
}

async function openFile(name: string, path: string): Promise<FileHandle> {
  try {
    // Opening a pipe would wait for somebody to write to it.
    const { isFile, isFolder } = await stat(path).then((s) => ({ isFile: s.isFile(), isFolder: s.isDirectory() }))
    if (isFile) return await open(path, 'r')
    if (isFolder) await open(path, 'r').then((handle) => handle.close())
    throw problem(name, 'image-unreadable', isFolder ? 'is a folder that can’t be listed' : 'is not a file')
  } catch (error) {
    throw asUnreadable(name, error)
  }
}

async function sizeOf(name: string, file: FileHandle, limits: PictureLimits): Promise<number> {
  const { size } = await file.stat()
  if (size <= limits.bytes) return size
  const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20)
  throw problem(
    name,
    'image-too-large',
    `is a file of ${megabytes(size)} MB, more than the ${megabytes(limits.bytes)} MB Varia takes; save it smaller`,
  )
}

async function readWhole(name: string, file: FileHandle, size: number): Promise<LoadedDesign> {
  try {
    const data = Buffer.allocUnsafeSlow(size)
    const hash = createHash('sha256')
    let at = 0
    while (at < size) {
      const { bytesRead } = await file.read(data, at, Math.min(piece, size - at), at)
      if (bytesRead === 0) break // it became shorter meanwhile; what is there will show whether it's whole
      hash.update(data.subarray(at, at + bytesRead))
      at += bytesRead
    }
    return { kind: 'file', data: data.subarray(0, at), hash: hash.digest('hex') }
  } catch (error) {
    throw asUnreadable(name, error)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is no longer there',
  EACCES: 'may not be read by you: its permissions forbid it',
  EPERM: 'may not be read by you: its permissions forbid it',
  ELOOP: 'is a link that leads in a circle',
  EIO: 'can’t be read: the disk reports a fault',
  EISDIR: 'is a folder',
}

function asUnreadable(name: string, error: unknown): unknown {
  const { code } = error as { code?: string }
  if (code === undefined || error instanceof DesignProblem) return error
  return problem(name, 'image-unreadable', reasons[code] ?? `can’t be read (${code})`, error)
}

function problem(name: string, code: ImportProblem['code'], predicate: string, cause?: unknown): DesignProblem {
  return new DesignProblem({ name, code, message: `“${name}” ${predicate}.` }, { cause })
}
