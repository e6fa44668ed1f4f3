/**
 * How fast each backend trains here, in `speed.json` of the data folder: measured once, since it takes a few seconds. A damaged
 * file is started anew.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { readFileWhole, realDisk, writeFileAtomically } from '../project/disk'

const stored = z.object({
  version: z.literal(1),
  /** What a backend says of itself (its version and threads) to pictures a second: another version is measured anew. */
  trainingRates: z.record(z.string(), z.number().positive()),
})

const largest = 1 << 16

export class MeasuredSpeed {
  readonly #file: string

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'speed.json')
  }

  /** Pictures a second of training the standard net; null when that backend was not measured yet. */
  async of(backend: string): Promise<number | null> {
    return (await this.#read())[backend] ?? null
  }

  async keep(backend: string, trainingRate: number): Promise<void> {
    const trainingRates = { ...(await this.#read()), [backend]: trainingRate }
    const text = JSON.stringify({ version: 1, trainingRates }, null, 2)
    await writeFileAtomically(realDisk, this.#file, [Buffer.from(text)])
  }

  async #read(): Promise<Record<string, number>> {
    try {
      const data = await readFileWhole(realDisk, this.#file, largest)
      const parsed = stored.safeParse(JSON.parse(Buffer.from(data ?? []).toString('utf8')))
      return parsed.success ? parsed.data.trainingRates : {}
    } catch {
      return {}
    }
  }
}
