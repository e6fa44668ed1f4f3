/**
 * The pixel store: fixed-size records uint8 [height, width, channels], one after the other in one file. How many of
 * them are valid is a number in the database, committed after the records were fsynced; what lies beyond it is debris.
 *
 * The cache keeps the blocks of the file's beginning that were touched, up to its budget, and never evicts: training
 * visits every record once an epoch in random order, for which least-recently-used has no hits at all and a fixed set
 * has the best rate possible, budget / size. Everything else is read by positioned reads.
 */
import { join } from 'node:path'
import { type VariaError } from '../contract/errors'
import { type Disk, type DiskFile } from './disk'
import { projectDamaged } from './project-errors'

/** Aimed at; a block is a whole number of records, at least one. */
const blockBytes = 1 << 20
/** Records this close to each other are read in one call. */
const gapBytes = 1 << 15

export interface RecordShape {
  readonly width: number
  readonly height: number
  readonly channels: number
}

interface Store {
  readonly file: DiskFile
  readonly path: string
  /** Bytes a record. */
  readonly record: number
  readonly perBlock: number
  count: number
}

export class PixelStore {
  private store: Store | null = null
  private readonly blocks = new Map<number, Promise<Uint8Array>>()
  private cached = 0
  /** Why there is no store though there should be one. */
  private missing: VariaError | null = null

  /** @param budget bytes that the cache may take */
  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
    private readonly writable: boolean,
    readonly budget: number,
  ) {}

  /** Whether there is a file to read from and append to. */
  get isOpen(): boolean {
    return this.store !== null
  }

  /** Bytes a picture; 0 before the first import. */
  get recordBytes(): number {
    return this.store?.record ?? 0
  }

  /** Valid records. */
  get count(): number {
    return this.store?.count ?? 0
  }

  /** Bytes in the cache now. */
  get cachedBytes(): number {
    return this.cached
  }

  /**
   * Reads framed pictures by item id, in the order given: [ids, height, width, channels], 0..255. Ids may repeat.
   * @param into filled and returned when given: at least ids * recordBytes long
   * @throws VariaError project-damaged when the file is shorter than the database says
   * @throws RangeError for an id that is no item's
   */
  async read(ids: ArrayLike<number>, into?: Uint8Array): Promise<Uint8Array> {
    const store = this.opened()
    const { record } = store
    const out = into ?? new Uint8Array(ids.length * record)
    if (out.length < ids.length * record) throw new RangeError('the target is too small for the pictures asked for')
    const far: { index: number; slot: number }[] = []
    const near: Promise<void>[] = []
    for (let slot = 0; slot < ids.length; slot++) {
      const index = (ids[slot] ?? 0) - 1
      if (!Number.isInteger(index) || index < 0 || index >= store.count) {
        throw new RangeError(`there is no item ${index + 1}`)
      }
      const block = this.block(store, Math.floor(index / store.perBlock))
      if (block === null) {
        far.push({ index, slot })
      } else {
        const start = (index % store.perBlock) * record
        near.push(block.then((bytes) => out.set(bytes.subarray(start, start + record), slot * record)))
      }
    }
    await Promise.all(near)
    if (far.length > 0) await readScattered(store, far, out)
    return out
  }

  /**
   * Writes records behind the valid ones and makes them durable; they count once `committed` was called, after the
   * transaction that names them.
   */
  async append(pixels: Uint8Array): Promise<void> {
    const store = this.opened()
    if (pixels.length % store.record !== 0) throw new RangeError('these are no whole pictures')
    await store.file.write(pixels, store.count * store.record)
    await store.file.sync()
  }

  /** Told how many records are valid after a transaction. Debris beyond is overwritten or cut off later. */
  committed(count: number): void {
    const store = this.opened()
    const firstChanged = Math.floor(Math.min(count, store.count) / store.perBlock)
    for (const number of this.blocks.keys()) if (number >= firstChanged) this.forget(number)
    store.count = count
  }

  /** Cuts off what lies beyond the valid records. */
  async trim(): Promise<void> {
    const store = this.opened()
    if (!this.writable || (await store.file.size()) <= store.count * store.record) return
    await store.file.truncate(store.count * store.record)
    await store.file.sync()
  }

  /** Makes an empty file of the name that a transaction will commit; replaces debris of that name. */
  async make(name: string): Promise<void> {
    await this.disk.makeFolder(this.folder)
    const path = join(this.folder, name)
    await this.disk.remove(path)
    const file = await this.disk.open(path, 'create')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await this.disk.syncFolder(this.folder)
  }

  /** Opens the file that the database names. */
  async open(name: string, shape: RecordShape, count: number): Promise<void> {
    await this.close()
    const path = join(this.folder, name)
    if ((await this.disk.stat(path)) === null) {
      this.missing = projectDamaged(path, 'the pictures of the collection are missing')
      throw this.missing
    }
    const record = shape.width * shape.height * shape.channels
    this.store = {
      file: await this.disk.open(path, this.writable ? 'write' : 'read'),
      path,
      record,
      perBlock: Math.max(1, Math.floor(blockBytes / record)),
      count,
    }
  }

  /** Whether every valid record lies in the file. */
  async whole(): Promise<boolean> {
    const { store } = this
    return store === null || (await store.file.size()) >= store.count * store.record
  }

  /** What to say when they don't. */
  tooShort(): VariaError {
    return projectDamaged(this.store?.path ?? this.folder, 'it is shorter than the project says')
  }

  async close(): Promise<void> {
    const { store } = this
    this.store = null
    this.missing = null
    this.blocks.clear()
    this.cached = 0
    await store?.file.close()
  }

  /** A cached block, or null where the record is to be read by itself. Only full blocks are kept: they never change. */
  private block(store: Store, number: number): Promise<Uint8Array> | null {
    const kept = this.blocks.get(number)
    if (kept !== undefined) return kept
    const size = store.perBlock * store.record
    if ((number + 1) * store.perBlock > store.count || (number + 1) * size > this.budget) return null
    const loading = readFully(store, new Uint8Array(size), number * size)
    this.blocks.set(number, loading)
    this.cached += size
    // A failed read is not an answer to keep.
    loading.catch(() => this.forget(number))
    return loading
  }

  private forget(number: number): void {
    if (this.blocks.delete(number) && this.store !== null) this.cached -= this.store.perBlock * this.store.record
  }

  private opened(): Store {
    if (this.store === null) throw this.missing ?? new RangeError('the project has no pictures yet')
    return this.store
  }
}

async function readFully(store: Store, into: Uint8Array, position: number): Promise<Uint8Array> {
  if ((await store.file.read(into, position)) < into.length) {
    throw projectDamaged(store.path, 'it is shorter than the project says')
  }
  return into
}

/** Reads records in file order, those that lie close together in one call, and puts each in its slot. */
async function readScattered(store: Store, wanted: { index: number; slot: number }[], out: Uint8Array): Promise<void> {
  const { record } = store
  const gap = Math.max(1, Math.floor(gapBytes / record))
  const most = Math.max(1, Math.floor((4 * blockBytes) / record))
  wanted.sort((a, b) => a.index - b.index)
  const reads: Promise<void>[] = []
  for (let begin = 0; begin < wanted.length;) {
    const first = wanted[begin]?.index ?? 0
    let end = begin + 1
    let last = first
    for (; end < wanted.length; end++) {
      const next = wanted[end]?.index ?? 0
      if (next - last > gap || next - first >= most) break
      last = next
    }
    const members = wanted.slice(begin, end)
    begin = end
    reads.push(
      readFully(store, new Uint8Array((last - first + 1) * record), first * record).then((bytes) => {
        for (const { index, slot } of members) {
          const start = (index - first) * record
          out.set(bytes.subarray(start, start + record), slot * record)
        }
      }),
    )
  }
  await Promise.all(reads)
}
