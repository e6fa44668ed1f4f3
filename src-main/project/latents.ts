/** Latents of all items under one checkpoint, kept so that maps, axes and sliders need not encode the collection again. */
import { join } from 'node:path'
import { type RunId } from '../contract/run'
import { type Database, numberOf, textOf } from './database'
import { type Disk } from './disk'
import { explainStorageError } from './project-errors'
import { expectRun } from './run-reference'
import { SafetensorsError, type StoredTensor } from './safetensors'
import { readSealed, writeSealed } from './sealed-file'

/** Kept a run: those of its best checkpoint and of its latest one. */
const keep = 2

export interface StoredLatents {
  /** Item ids, in the order of the rows. */
  readonly items: Int32Array
  /** Latent dimensions. */
  readonly size: number
  /** Posterior means, [items, size]. */
  readonly mu: Float32Array
  /** Log variances, [items, size]; null for a deterministic posterior. */
  readonly logvar: Float32Array | null
}

export class Latents {
  constructor(
    private readonly database: Database,
    private readonly disk: Disk,
    /** The project's `runs` folder. */
    private readonly folder: string,
  ) {}

  /** Keeps latents in place of older ones of that checkpoint; the two last saved of a run stay. */
  async save(run: RunId, checkpoint: string, latents: StoredLatents): Promise<void> {
    expectRun(this.database, run)
    const name = `latents-${checkpoint.replace(/[^\w-]/g, '_')}.safetensors`
    const { items, size, mu, logvar } = latents
    const tensors: Record<string, StoredTensor> = {
      items: { shape: [items.length], data: items },
      mu: { shape: [items.length, size], data: mu },
    }
    if (logvar !== null) tensors.logvar = { shape: [items.length, size], data: logvar }
    const path = join(this.folder, String(run), name)
    try {
      await writeSealed(this.disk, path, {
        metadata: { format: 'varia-latents-1', run: String(run), checkpoint },
        tensors,
      })
      const going = this.database.transaction(() => {
        this.database.run('DELETE FROM latents WHERE run = ? AND checkpoint = ?', run, checkpoint)
        this.database.run('INSERT INTO latents (run, checkpoint, file) VALUES (?, ?, ?)', run, checkpoint, name)
        const old = this.database.all('SELECT id, file FROM latents WHERE run = ? ORDER BY id DESC', run).slice(keep)
        for (const row of old) this.database.run('DELETE FROM latents WHERE id = ?', numberOf(row, 'id'))
        return old.map((row) => textOf(row, 'file'))
      })
      for (const file of going) await this.disk.remove(join(this.folder, String(run), file)).catch(() => undefined)
    } catch (error) {
      throw explainStorageError(error, path)
    }
  }

  /** What was kept for a checkpoint; null when nothing was, or its file is damaged: it can be made again. */
  async load(run: RunId, checkpoint: string): Promise<StoredLatents | null> {
    const row = this.database.get('SELECT file FROM latents WHERE run = ? AND checkpoint = ?', run, checkpoint)
    if (row === undefined) return null
    try {
      const file = await readSealed(this.disk, join(this.folder, String(run), textOf(row, 'file')))
      const { items, mu, logvar } = file?.tensors ?? {}
      if (!(items?.data instanceof Int32Array) || !(mu?.data instanceof Float32Array)) return null
      return {
        items: items.data,
        size: mu.shape[1] ?? 0,
        mu: mu.data,
        logvar: logvar?.data instanceof Float32Array ? logvar.data : null,
      }
    } catch (error) {
      if (error instanceof SafetensorsError) return null
      throw error
    }
  }

  /** Removes files that no row names. Called when a project is opened for writing. */
  async recover(): Promise<void> {
    for (const run of await this.disk.list(this.folder)) {
      if (!/^\d+$/.test(run)) continue
      const rows = this.database.all('SELECT file FROM latents WHERE run = ?', Number(run))
      const named = new Set(rows.map((row) => textOf(row, 'file')))
      for (const name of await this.disk.list(join(this.folder, run))) {
        if (name.startsWith('latents-') && !named.has(name)) await this.disk.remove(join(this.folder, run, name))
      }
    }
  }
}
