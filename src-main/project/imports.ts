/**
 * Imports: pictures come into the project batch by batch. A batch's records are fsynced into the pixel store, then one
 * transaction makes them items. An import that is cancelled leaves the collection as it was before; one that a crash
 * ended keeps the batches that were committed.
 */
import { createHash } from 'node:crypto'
import { VariaError } from '../contract/errors'
import {
  type CollectionInfo,
  type ImportNote,
  importNote,
  type ImportProblem,
  importProblem,
  type ResolvedFraming,
} from '../contract/collection'
import { type AttributeDefinition, type Attributes } from './attributes'
import { type Collection } from './collection'
import { type Database, numberOf, textOf } from './database'
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

export interface ImportRecord {
  readonly id: number
  readonly origin: string
  readonly state: 'running' | 'interrupted' | 'finished'
  /** Milliseconds since 1970. */
  readonly startedAt: number
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
    if (there !== null && !sameFraming(there.framing, start.framing)) {
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
        this.insertProblems(id, batch.problems ?? [])
        this.insertNotes(id, batch.notes ?? [])
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
      this.insertProblems(id, problems)
      this.insertNotes(id, notes)
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
      this.collection.setDataHash(this.hashData())
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
        this.collection.setDataHash(this.hashData())
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
  interrupted(): ImportRecord | null {
    const row = this.database.get("SELECT * FROM import WHERE state = 'interrupted'")
    if (row === undefined) return null
    return {
      id: numberOf(row, 'id'),
      origin: textOf(row, 'origin'),
      state: 'interrupted',
      startedAt: numberOf(row, 'started_at'),
      count: this.database.number('SELECT count(*) FROM item WHERE id >= ?', numberOf(row, 'first_item')),
    }
  }

  /** Settles an interrupted import: what it brought in belongs to the collection. */
  keepInterrupted(): void {
    this.database.run("UPDATE import SET state = 'finished' WHERE state = 'interrupted'")
  }

  /** Files that were not imported, and why, in the order they came. */
  problems(): ImportProblem[] {
    return this.database
      .all('SELECT name, code, message FROM import_problem ORDER BY id')
      .map((row) => importProblem.parse({ name: row.name, code: row.code, message: row.message }))
  }

  /** What is worth knowing about files that were imported, in the order they came. */
  notes(): ImportNote[] {
    return this.database
      .all('SELECT name, message FROM import_note ORDER BY id')
      .map((row) => importNote.parse({ name: row.name, message: row.message }))
  }

  /** Called when a project is opened for writing. */
  recover(): void {
    this.database.transaction(() => {
      const ended = this.database.run("UPDATE import SET state = 'interrupted' WHERE state = 'running'").changes
      if (ended > 0 && this.collection.stored() !== null) this.collection.setDataHash(this.hashData())
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

  private insertProblems(id: number, problems: readonly ImportProblem[]): void {
    for (const problem of problems) {
      this.database.run(
        'INSERT INTO import_problem (import, name, code, message) VALUES (?, ?, ?, ?)',
        id,
        problem.name,
        problem.code,
        problem.message,
      )
    }
  }

  private insertNotes(id: number, notes: readonly ImportNote[]): void {
    for (const { name, message } of notes) {
      this.database.run('INSERT INTO import_note (import, name, message) VALUES (?, ?, ?)', id, name, message)
    }
  }

  /** Of the framing and of every item's content, in item order. */
  private hashData(): string {
    const hash = createHash('sha256')
    const stored = this.collection.stored()
    hash.update(JSON.stringify(stored === null ? null : sorted(stored.framing)))
    for (const row of this.database.each('SELECT content_hash FROM item ORDER BY id')) {
      hash.update(`\n${textOf(row, 'content_hash')}`)
    }
    return hash.digest('hex')
  }
}

function sorted(framing: ResolvedFraming): [string, unknown][] {
  return Object.entries(framing).sort(([a], [b]) => (a < b ? -1 : 1))
}

function sameFraming(a: ResolvedFraming, b: ResolvedFraming): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}
