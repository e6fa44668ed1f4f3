/**
 * Folders and files that a browser sends: staged on disk, bounded, granted when complete, removed when the server ends. A
 * server that was killed is cleaned up after by the next one.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { VariaError } from '../contract/errors'

export interface UploadLimits {
  /** Bytes of one file, of everything staged at a time, and files of one upload. */
  readonly fileBytes: number
  readonly totalBytes: number
  readonly files: number
}

export const uploadLimits: UploadLimits = { fileBytes: 512 * 2 ** 20, totalBytes: 16 * 2 ** 30, files: 200_000 }

interface Upload {
  readonly folder: string
  /** How many came. */
  files: number
}

function tooMuch(what: string, remedy: string): VariaError {
  return new VariaError({ code: 'not-allowed', message: what, remedy })
}

/** Whether the process with this id is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * The parts of a relative path a browser sent.
 * @throws VariaError `bad-request` for anything but plain names.
 */
export function uploadPath(name: string): string[] {
  const parts = name.split('/')
  const plain = (part: string): boolean =>
    part !== '' &&
    part !== '.' &&
    part !== '..' &&
    Buffer.byteLength(part) <= 255 &&
    // Control characters, and what some system takes for a separator, a drive, a stream or a pattern.
    !/[\u0000-\u001f\u007f\\:*?"<>|]/.test(part) &&
    !/[. ]$/.test(part)
  if (parts.length <= 32 && parts.every(plain)) return parts
  throw new VariaError({
    code: 'bad-request',
    message: `A file can't be taken under the name “${name.slice(0, 120)}”.`,
    remedy: 'Rename it to plain letters, digits, dashes and dots.',
    subject: name.slice(0, 200),
  })
}

export class Uploads {
  readonly #root: string
  readonly #limits: UploadLimits
  readonly #open = new Map<string, Upload>()
  #bytes = 0

  private constructor(root: string, limits: UploadLimits) {
    this.#root = root
    this.#limits = limits
  }

  /** Makes the staging place below `dataFolder` and removes what dead servers left there. */
  static async open(dataFolder: string, limits: UploadLimits = uploadLimits): Promise<Uploads> {
    const place = join(dataFolder, 'uploads')
    await mkdir(place, { recursive: true })
    for (const left of await readdir(place)) {
      const pid = Number(left.split('-', 1)[0])
      if (Number.isInteger(pid) && pid > 0 && !isAlive(pid))
        await rm(join(place, left), { recursive: true, force: true })
    }
    const root = join(place, `${process.pid}-${randomBytes(6).toString('hex')}`)
    await mkdir(root, { mode: 0o700 })
    return new Uploads(root, limits)
  }

  /** Begins an upload; returns its id. */
  async begin(): Promise<string> {
    const id = randomBytes(18).toString('base64url')
    const folder = join(this.#root, id)
    await mkdir(folder, { mode: 0o700 })
    this.#open.set(id, { folder, files: 0 })
    return id
  }

  /**
   * Takes one file of an upload in as it streams.
   * @throws VariaError `not-found` (no such upload), `bad-request` (its name), `not-allowed` (over a limit).
   */
  async add(id: string, name: string, content: Readable): Promise<void> {
    const upload = this.#find(id)
    const path = join(upload.folder, ...uploadPath(name))
    if (upload.files >= this.#limits.files) {
      throw tooMuch(`More than ${this.#limits.files} files in one upload.`, 'Upload the folder in parts.')
    }
    upload.files += 1
    await mkdir(dirname(path), { recursive: true })
    // Opened by itself: a name that is taken must not be removed as if it had failed here.
    const file = await open(path, 'wx', 0o600)
    const counted = this.#counted()
    try {
      // Not destroyed when this fails: a request that is cut off can't be told why.
      const kept = Readable.from(content.iterator({ destroyOnReturn: false }), { objectMode: false })
      await pipeline(kept, counted.stream, file.createWriteStream())
    } catch (error) {
      this.#bytes -= counted.bytes()
      await rm(path, { force: true })
      throw error
    }
  }

  /**
   * Ends an upload: the paths to grant. One folder at the top stands for itself; several files are given one by one.
   * @throws VariaError `not-found` when it is none or nothing came.
   */
  async finish(id: string): Promise<{ path: string; name: string; kind: 'folder' | 'file' }[]> {
    const upload = this.#find(id)
    this.#open.delete(id)
    const entries = await readdir(upload.folder, { withFileTypes: true })
    if (entries.length === 0) {
      throw new VariaError({
        code: 'folder-empty',
        message: 'Nothing was uploaded.',
        remedy: 'Choose a folder with pictures in it.',
      })
    }
    return entries.map((entry) => {
      const path = join(upload.folder, entry.name)
      return { path, name: basename(path), kind: entry.isDirectory() ? ('folder' as const) : ('file' as const) }
    })
  }

  /** Removes everything that was staged. */
  async close(): Promise<void> {
    this.#open.clear()
    await rm(this.#root, { recursive: true, force: true })
  }

  #find(id: string): Upload {
    const upload = this.#open.get(id)
    if (upload !== undefined) return upload
    throw new VariaError({ code: 'not-found', message: 'There is no such upload.', remedy: 'Start the upload again.' })
  }

  /** Counts what flows through and breaks the stream over a limit. */
  #counted(): { stream: Transform; bytes: () => number } {
    let bytes = 0
    const stream = new Transform({
      transform: (chunk: Buffer, _encoding, next) => {
        bytes += chunk.length
        this.#bytes += chunk.length
        if (bytes > this.#limits.fileBytes) {
          next(
            tooMuch('A file is too large to upload.', 'Leave it out, or copy it to the machine and use the terminal.'),
          )
        } else if (this.#bytes > this.#limits.totalBytes) {
          next(tooMuch('The uploads are too large together.', 'Copy the folder to the machine and use the terminal.'))
        } else next(null, chunk)
      },
    })
    return { stream, bytes: () => bytes }
  }
}
