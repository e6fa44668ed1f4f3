/**
 * Imports: pictures come into the project batch by batch. A batch's records are fsynced into the pixel store, then one
 * transaction makes them items. An import that is cancelled leaves the collection as it was before; one that a crash
 * ended keeps the batches that were committed.
 */
import { VariaError } from '../contract/errors'
import { type CollectionInfo, type ImportNote, type ImportProblem, type ResolvedFraming } from '../contract/collection'
import { type AttributeDefinition, type Attributes } from './attributes'
import { type Collection, isSameFraming } from './collection'
import { type Database, numberOf, textOf } from './database'
import { type ImportRemarks } from './import-remarks'
import { type Items, type NewItem } from './items'
import { type PixelStore } from './pixels'
import { explainStorageError, notFound } from './project-errors'

export interface ImportStart {
  /** For people: the folder's or sample's name. */
  readonly origin: string
  /** Must be that of the collection where there is one already. */
  readonly framing: ResolvedFraming
  /** Attributes that its items may have; more can be defined later. */
  readonly columns?: readonly AttributeDefinition[]
}

export interface ImportBatch {
  readonly items: readonly NewItem[]
  /** uint8 [items, height, width, channels] as framed. */
  readonly pixels: Uint8Array
  readonly problems?: readonly ImportProblem[]
  readonly notes?: readonly ImportNote[]
}

/** An import that a crash ended. */
export interface InterruptedImport {
  readonly id: number
  readonly origin: string
  /** Designs that it brought in. */
  readonly count: number
}

/** Bytes for what a log holds besides pages. */
const logReserve = 256 * 1024

export class Imports {
  private running: number | null = null
  /** One that could not be taken back, as on a full disk; the next import does it first. */
  private unsettled: number | null = null

  constructor(
    private readonly database: Database,
    private readonly collection: Collection,
    private readonly items: Items,
    private readonly attributes: Attributes,
    private readonly pixels: PixelStore,
    private readonly remarks: ImportRemarks,
    private readonly now: () => number,
  ) {}

  /**
   * Starts an import into the collection, or makes the collection.
   * @throws VariaError busy while another runs, bad-request when the framing is not the collection's
   */
  async begin(start: ImportStart): Promise<number> {
    if (this.running !== null) {
      throw new VariaError({
        code: 'busy',
        message: 'Pictures are being imported already.',
        remedy: 'Wait until that import has ended, or cancel it.',
      })
    }
    if (this.unsettled !== null) await this.cancel(this.unsettled)
    const there = this.collection.stored()
    if (there !== null && !isSameFraming(there.framing, start.framing)) {
      throw new VariaError({
        code: 'bad-request',
        message: 'This collection is framed in another way already.',
        remedy: 'Add the pictures with the framing of the collection, or start a new project.',
        subject: 'framing',
      })
    }
    const pixelFile = there === null ? await this.makePixelFile(start.framing) : null
    const id = this.database.transaction(() => {
      // An import that a crash ended stays as far as it came.
      this.database.run("UPDATE import SET state = 'finished' WHERE state <> 'finished'")
      const first = this.database.number('SELECT max(id) FROM item') + 1
      const made = this.database.run(
        "INSERT INTO import (origin, state, started_at, first_item) VALUES (?, 'running', ?, ?)",
        start.origin,
        this.now(),
        first,
      )
      if (pixelFile !== null) this.collection.define(start.origin, start.framing, pixelFile)
      this.attributes.define(start.columns ?? [])
      return made.id
    })
    // Open already when pictures are added to those that are there.
    if (!this.pixels.isOpen) await this.collection.openPixels()
    this.running = id
    return id
  }

  /**
   * Adds a batch; a few hundred items are a good size. Returns the id of its first item; the others follow.
   * After an error the batch is not there and the import can go on.
   */
  async append(id: number, batch: ImportBatch): Promise<number> {
    this.expectRunning(id)
    const { items, pixels } = batch
    if (pixels.length !== items.length * this.pixels.recordBytes) {
      throw new RangeError('the pixels of a batch do not fit its items')
    }
    const first = this.pixels.count + 1
    const count = first - 1 + items.length
    try {
      await this.collection.expectRoom(pixels.length + this.roomToTakeBack())
      await this.pixels.append(pixels)
      this.database.transaction(() => {
        const fit = this.attributes.fitter()
        const fitted = items.map((item) => ({ ...item, attributes: fit(item.attributes ?? {}) }))
        this.items.insert(fitted, this.now())
        this.attributes.count(fitted.map((item) => item.attributes))
        this.remarks.insert(id, batch.problems ?? [], batch.notes ?? [])
        this.collection.setCount(count)
      })
    } catch (error) {
      // A full disk: what was written of the batch may be the very room that taking the import back needs.
      await this.pixels.trim().catch(() => undefined)
      throw explainStorageError(error, 'the collection')
    }
    this.pixels.committed(count)
    return first
  }

  /** Keeps which files were not imported, and what is worth knowing about others. */
  tell(id: number, problems: readonly ImportProblem[], notes: readonly ImportNote[] = []): void {
    this.expectRunning(id)
    this.database.transaction(() => {
      this.remarks.insert(id, problems, notes)
    })
  }

  /** Ends an import; what it added stays. One that added nothing to an empty project is taken back: null. */
  async finish(id: number): Promise<CollectionInfo | null> {
    this.expectRunning(id)
    if (this.pixels.count === 0) {
      await this.cancel(id)
      return null
    }
    this.database.transaction(() => {
      this.database.run("UPDATE import SET state = 'finished' WHERE id = ?", id)
      this.collection.updateDataHash()
    })
    this.running = null
    return this.collection.info()
  }

  /** Takes an import back: the collection is as it was before. Also for one that a crash ended. */
  async cancel(id: number): Promise<void> {
    const row = this.database.get("SELECT * FROM import WHERE id = ? AND state <> 'finished'", id)
    if (row === undefined) throw notFound(`import ${id} to take back`)
    const first = numberOf(row, 'first_item')
    const emptied = first === 1
    this.running = null
    this.unsettled = id
    this.database.transaction(() => {
      this.items.removeFrom(first)
      this.attributes.recount()
      this.database.run('DELETE FROM import WHERE id = ?', id)
      if (emptied) this.collection.forget()
      else {
        this.collection.setCount(first - 1)
        this.collection.updateDataHash()
      }
    })
    this.unsettled = null
    // It is taken back by now: what can't be tidied up is debris, and goes when the project is opened again.
    if (emptied) {
      await this.pixels.close().catch(() => undefined)
      await this.collection.removeUnnamedFiles().catch(() => undefined)
    } else {
      this.pixels.committed(first - 1)
      await this.pixels.trim().catch(() => undefined)
    }
  }

  /** The import that a crash ended and nobody settled yet, or null. Beginning another keeps what it committed. */
  interrupted(): InterruptedImport | null {
    const row = this.database.get("SELECT * FROM import WHERE state = 'interrupted'")
    if (row === undefined) return null
    return {
      id: numberOf(row, 'id'),
      origin: textOf(row, 'origin'),
      count: this.database.number('SELECT count(*) FROM item WHERE id >= ?', numberOf(row, 'first_item')),
    }
  }

  /** Settles an interrupted import: what it brought in belongs to the collection. */
  keepInterrupted(): void {
    this.database.run("UPDATE import SET state = 'finished' WHERE state = 'interrupted'")
  }

  /** Called when a project is opened for writing. */
  recover(): void {
    this.database.transaction(() => {
      const ended = this.database.run("UPDATE import SET state = 'interrupted' WHERE state = 'running'").changes
      if (ended > 0) this.collection.updateDataHash()
    })
  }

  /**
   * Bytes that must stay free so that an import can still be taken back where the disk fills up: SQLite writes each page that
   * changes once more, into its log, which a batch may have lengthened by as much.
   */
  private roomToTakeBack(): number {
    return 2 * this.database.number('PRAGMA page_count') * this.database.number('PRAGMA page_size') + logReserve
  }

  private async makePixelFile(framing: ResolvedFraming): Promise<string> {
    try {
      return await this.collection.makePixelFile(framing)
    } catch (error) {
      throw explainStorageError(error, 'the collection')
    }
  }

  private expectRunning(id: number): void {
    if (this.running !== id) throw notFound(`import ${id} under way`)
  }
}
