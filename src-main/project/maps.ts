/** Maps: the latest layout of each run and method, one sealed file each. */
import { join } from 'node:path'
import { type LatentMap, type MapMethod, mapMethod } from '../contract/map'
import { type RunId } from '../contract/run'
import { type Database, numberOf, textOf } from './database'
import { type Disk } from './disk'
import { explainStorageError } from './project-errors'
import { expectRun } from './run-reference'
import { SafetensorsError, type StoredTensor, type TensorFile } from './safetensors'
import { readSealed, writeSealed } from './sealed-file'

const fileName = 'layout.safetensors'

export class Maps {
  /** Saves wait for each other: an id is free until its row is there. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly database: Database,
    private readonly disk: Disk,
    /** The project's `maps` folder. */
    private readonly folder: string,
    private readonly now: () => number,
  ) {}

  /** Keeps a map in place of the one of the same run and method. */
  save(map: LatentMap): Promise<void> {
    const saved = this.last.then(() => this.write(map))
    this.last = saved.catch(() => undefined)
    return saved
  }

  /** The latest map; null when there is none, or its file is damaged: it can be made again. */
  async latest(run: RunId, method: MapMethod): Promise<LatentMap | null> {
    const row = this.database.get('SELECT * FROM map WHERE run = ? AND method = ?', run, method)
    if (row === undefined) return null
    try {
      const file = await readSealed(this.disk, join(this.folder, String(numberOf(row, 'id')), fileName))
      return file === null ? null : mapOf(file, run, mapMethod.parse(method), textOf(row, 'checkpoint'))
    } catch (error) {
      if (error instanceof SafetensorsError) return null
      throw error
    }
  }

  /** Removes folders that no row names. Called when a project is opened for writing. */
  async recover(): Promise<void> {
    const named = new Set(this.database.all('SELECT id FROM map').map((row) => String(numberOf(row, 'id'))))
    for (const name of await this.disk.list(this.folder)) {
      if (/^\d+$/.test(name) && !named.has(name)) await this.disk.remove(join(this.folder, name))
    }
  }

  private async write(map: LatentMap): Promise<void> {
    expectRun(this.database, map.runId)
    const id = await this.nextId()
    const path = join(this.folder, String(id), fileName)
    try {
      await writeSealed(this.disk, path, fileOf(map))
      await this.disk.syncFolder(this.folder)
      const replaced = this.database.transaction(() => {
        const before = this.database.get('SELECT id FROM map WHERE run = ? AND method = ?', map.runId, map.method)
        this.database.run('DELETE FROM map WHERE run = ? AND method = ?', map.runId, map.method)
        this.database.run(
          'INSERT INTO map (id, run, method, checkpoint, made_at) VALUES (?, ?, ?, ?, ?)',
          id,
          map.runId,
          map.method,
          map.checkpoint,
          this.now(),
        )
        return before
      })
      if (replaced !== undefined) {
        await this.disk.remove(join(this.folder, String(numberOf(replaced, 'id')))).catch(() => undefined)
      }
    } catch (error) {
      throw explainStorageError(error, path)
    }
  }

  /** Above every id used before, also by a folder whose removal failed. */
  private async nextId(): Promise<number> {
    const folders = (await this.disk.list(this.folder)).filter((name) => /^\d+$/.test(name)).map(Number)
    return Math.max(0, this.database.number('SELECT max(id) FROM map'), ...folders) + 1
  }
}

function fileOf(map: LatentMap): TensorFile {
  const tensors: Record<string, StoredTensor> = {
    items: { shape: [map.items.length], data: map.items },
    positions: { shape: [map.items.length, 3], data: map.positions },
  }
  const metadata: Record<string, string> = { format: 'varia-map-1', method: map.method, checkpoint: map.checkpoint }
  if (map.frame !== null) {
    const { mean, basis, scale, explained } = map.frame
    tensors.mean = { shape: [mean.length], data: mean }
    tensors.basis = { shape: [3, mean.length], data: basis }
    tensors.frame = { shape: [1 + explained.length], data: Float64Array.of(scale, ...explained) }
  }
  return { metadata, tensors }
}

function mapOf(file: TensorFile, runId: RunId, method: MapMethod, checkpoint: string): LatentMap {
  const { items, positions, mean, basis, frame } = file.tensors
  if (!(items?.data instanceof Int32Array) || !(positions?.data instanceof Float32Array)) {
    throw new SafetensorsError('its positions are missing')
  }
  if (positions.data.length !== items.data.length * 3) throw new SafetensorsError('its positions do not fit its items')
  const map = { runId, checkpoint, method, items: items.data, positions: positions.data }
  if (!(mean?.data instanceof Float32Array) || !(basis?.data instanceof Float32Array)) return { ...map, frame: null }
  if (!(frame?.data instanceof Float64Array)) throw new SafetensorsError('its frame is missing')
  const [scale = 1, ...explained] = frame.data
  return { ...map, frame: { mean: mean.data, basis: basis.data, scale, explained } }
}
