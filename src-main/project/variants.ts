/** Variants: the board. Deleting is soft until the project is closed, so that it can be taken back. */
import { type z } from 'zod'
import { channelCount, type PictureStack } from '../contract/binary'
import { latentSource } from '../contract/latent'
import { type Variant, type variantChange } from '../contract/variant'
import { bytesOf, type Database, numberOf, numberOrNull, type Row, textOf } from './database'
import { jsonOf } from './json-column'
import { notFound } from './project-errors'
import { expectRun } from './run-reference'

export type NewVariant = Pick<Variant, 'runId' | 'checkpoint' | 'latent' | 'source' | 'parent'> & {
  /** Named after its number when left out. */
  readonly name?: string | undefined
  /** One picture. */
  readonly picture: PictureStack
}
export type VariantChange = z.output<typeof variantChange>

export class Variants {
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {}

  add(made: NewVariant): Variant {
    return this.database.transaction(() => {
      const { picture, latent } = made
      expectRun(this.database, made.runId)
      if (made.parent !== null) this.get(made.parent)
      const { id } = this.database.run(
        `INSERT INTO variant (name, run, checkpoint, latent, source, parent, created_at, width, height, channels, pixels)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        made.name ?? '',
        made.runId,
        made.checkpoint,
        new Uint8Array(latent.buffer, latent.byteOffset, latent.byteLength),
        JSON.stringify(made.source),
        made.parent,
        this.now(),
        picture.width,
        picture.height,
        picture.channels,
        picture.data,
      )
      if (made.name === undefined) this.database.run('UPDATE variant SET name = ? WHERE id = ?', `Variant ${id}`, id)
      return this.get(id)
    })
  }

  /** Those on the board, or those deleted since the project was opened; the newest first. */
  list(deleted = false): Variant[] {
    return this.database
      .all(`SELECT * FROM variant WHERE deleted_at IS ${deleted ? 'NOT NULL' : 'NULL'} ORDER BY id DESC`)
      .map(variantOf)
  }

  /** @throws VariaError not-found */
  get(id: number): Variant {
    const row = this.database.get('SELECT * FROM variant WHERE id = ?', id)
    if (row === undefined) throw notFound(`variant ${id}`)
    return variantOf(row)
  }

  /** @throws VariaError not-found */
  change(change: VariantChange): Variant {
    return this.database.transaction(() => {
      const { id, name, starred, rating } = change
      const before = this.get(id)
      this.database.run(
        'UPDATE variant SET name = ?, starred = ?, rating = ? WHERE id = ?',
        name ?? before.name,
        (starred ?? before.starred) ? 1 : 0,
        rating ?? before.rating,
        id,
      )
      return this.get(id)
    })
  }

  /** Takes variants off the board; `restore` brings them back while the project is open. */
  delete(ids: readonly number[]): void {
    this.mark(ids, this.now())
  }

  restore(ids: readonly number[]): void {
    this.mark(ids, null)
  }

  /** Forgets what was deleted, for good. Called when a project is closed. */
  purge(): void {
    this.database.run('DELETE FROM variant WHERE deleted_at IS NOT NULL')
  }

  private mark(ids: readonly number[], deletedAt: number | null): void {
    this.database.transaction(() => {
      for (const id of ids) {
        if (this.database.run('UPDATE variant SET deleted_at = ? WHERE id = ?', deletedAt, id).changes === 0) {
          throw notFound(`variant ${id}`)
        }
      }
    })
  }
}

function variantOf(row: Row): Variant {
  // Copied, since a blob need not lie where a Float32Array can begin.
  const latent = Uint8Array.from(bytesOf(row, 'latent'))
  return {
    id: numberOf(row, 'id'),
    name: textOf(row, 'name'),
    starred: row.starred === 1,
    rating: numberOf(row, 'rating'),
    runId: numberOf(row, 'run'),
    checkpoint: textOf(row, 'checkpoint'),
    latent: new Float32Array(latent.buffer, 0, Math.floor(latent.length / 4)),
    source: jsonOf(row, 'source', latentSource),
    parent: numberOrNull(row, 'parent'),
    createdAt: numberOf(row, 'created_at'),
    deletedAt: numberOrNull(row, 'deleted_at'),
    picture: {
      count: 1,
      width: numberOf(row, 'width'),
      height: numberOf(row, 'height'),
      channels: channelCount.parse(row.channels),
      data: Uint8Array.from(bytesOf(row, 'pixels')),
    },
  }
}
