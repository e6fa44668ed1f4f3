/** The collection's own row: what its pictures are framed to, which file holds them, how many are valid, their hash. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type ChannelCount } from '../contract/binary'
import { type CollectionInfo, type ResolvedFraming, resolvedFraming } from '../contract/collection'
import { type Attributes } from './attributes'
import { type Database, numberOf, textOf } from './database'
import { type Disk } from './disk'
import { itemFilters } from './items'
import { jsonOf } from './json-column'
import { type PixelStore, type RecordShape } from './pixels'
import { diskFull } from './project-errors'

export interface StoredCollection {
  readonly origin: string
  readonly framing: ResolvedFraming
  /** A name in `collection/`. */
  readonly pixelFile: string
  readonly count: number
  readonly dataHash: string
}

const channelCounts: Record<ResolvedFraming['channels'], ChannelCount> = { gray: 1, rgb: 3, rgba: 4 }

/** The size of a framed picture. */
export function shapeOf(framing: ResolvedFraming): RecordShape & { readonly channels: ChannelCount } {
  return { width: framing.size, height: framing.size, channels: channelCounts[framing.channels] }
}

/** Whether pictures framed in the one way and in the other are of one collection. */
export function isSameFraming(a: ResolvedFraming, b: ResolvedFraming): boolean {
  return framingText(a) === framingText(b)
}

/** The same whatever order its fields came in. */
function framingText(framing: ResolvedFraming): string {
  return JSON.stringify(Object.entries(framing).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export class Collection {
  constructor(
    private readonly database: Database,
    private readonly attributes: Attributes,
    private readonly pixels: PixelStore,
    private readonly disk: Disk,
    /** The project's `collection` folder. */
    private readonly folder: string,
  ) {}

  /** All that the window shows of it; null before the first import. */
  info(): CollectionInfo | null {
    const stored = this.stored()
    if (stored === null) return null
    return {
      origin: stored.origin,
      framing: stored.framing,
      channels: shapeOf(stored.framing).channels,
      count: stored.count,
      heldOut: this.database.number('SELECT count(*) FROM item WHERE held_out = 1'),
      duplicates: this.database.number('SELECT count(*) FROM item WHERE duplicate_of IS NOT NULL'),
      alike: this.database.number(`SELECT count(*) FROM item WHERE ${itemFilters.duplicates}`),
      problems: this.database.number('SELECT count(*) FROM import_problem'),
      notes: this.database.number('SELECT count(*) FROM import_note'),
      attributes: this.attributes.columns(),
      dataHash: stored.dataHash,
    }
  }

  /** Its row, or null. */
  stored(): StoredCollection | null {
    const row = this.database.get('SELECT * FROM collection')
    if (row === undefined) return null
    return {
      origin: textOf(row, 'origin'),
      framing: jsonOf(row, 'framing', resolvedFraming),
      pixelFile: textOf(row, 'pixel_file'),
      count: numberOf(row, 'count'),
      dataHash: textOf(row, 'data_hash'),
    }
  }

  /** Makes the empty file for a new collection; returns its name, which no older collection had. */
  async makePixelFile(framing: ResolvedFraming): Promise<string> {
    const { width, height, channels } = shapeOf(framing)
    const names = await this.disk.list(this.folder)
    let number = 1
    const nameOf = (): string => `${number}-${width}x${height}x${channels}.pixels`
    while (names.some((name) => name.startsWith(`${number}-`))) number += 1
    await this.pixels.make(nameOf())
    return nameOf()
  }

  /** @throws VariaError disk-full where its disk has less room than that */
  async expectRoom(bytes: number): Promise<void> {
    const free = await this.disk.free(this.folder)
    if (free !== null && free < bytes) throw diskFull(this.folder)
  }

  /** Inserts the row; part of an import's transaction. */
  define(origin: string, framing: ResolvedFraming, pixelFile: string): void {
    this.database.run(
      "INSERT INTO collection (id, origin, framing, pixel_file, count, data_hash) VALUES (1, ?, ?, ?, 0, '')",
      origin,
      JSON.stringify(framing),
      pixelFile,
    )
  }

  setCount(count: number): void {
    this.database.run('UPDATE collection SET count = ?', count)
  }

  /** Hashes the framing and every item's content, in item order; part of a transaction that changed the items. */
  updateDataHash(): void {
    const stored = this.stored()
    if (stored === null) return
    const hash = createHash('sha256').update(framingText(stored.framing))
    for (const row of this.database.each('SELECT content_hash FROM item ORDER BY id')) {
      hash.update(`\n${textOf(row, 'content_hash')}`)
    }
    this.database.run('UPDATE collection SET data_hash = ?', hash.digest('hex'))
  }

  forget(): void {
    this.database.run('DELETE FROM collection')
  }

  /** Opens the pixel store on the file that is named, and cuts off debris. */
  async openPixels(): Promise<void> {
    const stored = this.stored()
    if (stored === null) return
    await this.pixels.open(stored.pixelFile, shapeOf(stored.framing), stored.count)
  }

  /** Removes pixel files that no row names. */
  async removeUnnamedFiles(): Promise<void> {
    const named = this.stored()?.pixelFile
    for (const name of await this.disk.list(this.folder)) {
      if (name !== named && /^\d+-\d+x\d+x\d+\.pixels$/.test(name)) await this.disk.remove(join(this.folder, name))
    }
  }
}
