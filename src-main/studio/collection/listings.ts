/**
 * The listing a preview was drawn from last, kept while its folders are as they were: a hand that tries framings asks
 * for the same thousands of names again and again.
 */
import { stat } from 'node:fs/promises'
import { type DesignSource, type SourceEntry } from '../../modality/source'

interface Listing {
  readonly key: string
  readonly entries: readonly SourceEntry[]
  /** The folders it was read from, as they were before. */
  readonly folders: ReadonlyMap<string, string>
}

/**
 * File systems tell times in steps of up to two seconds: what was written to just before it was listed may have been
 * written to just after as well, and bear the same time.
 */
const coarsest = 2000

export class Listings {
  #last: Listing | null = null

  /**
   * A source's entries; `key` says which source it is.
   * @throws what the source's `entries` throws, also when a folder it was listed from is gone by now
   */
  async of(key: string, source: DesignSource, signal: AbortSignal): Promise<readonly SourceEntry[]> {
    const last = this.#last
    if (last !== null && last.key === key && (await isUnchanged(last))) return last.entries
    this.#last = null
    const folders = new Map<string, string>()
    let settled = true
    const visit = async (folder: string): Promise<void> => {
      const { stamp, changed } = await look(folder)
      folders.set(folder, stamp)
      if (Math.abs(Date.now() - changed) < coarsest) settled = false
    }
    const entries: SourceEntry[] = []
    for await (const entry of source.entries(signal, visit)) entries.push(entry)
    if (settled) this.#last = { key, entries, folders }
    return entries
  }
}

async function isUnchanged({ folders }: Listing): Promise<boolean> {
  for (const [folder, stamp] of folders) {
    const now = await look(folder).catch(() => null)
    if (now?.stamp !== stamp) return false
  }
  return true
}

/** Whatever is added to, removed from or renamed in a folder changes its times; another folder in its place, its number. */
async function look(folder: string): Promise<{ stamp: string; changed: number }> {
  const { dev, ino, mtimeMs, ctimeMs } = await stat(folder)
  return { stamp: [dev, ino, mtimeMs, ctimeMs].join(' '), changed: Math.max(mtimeMs, ctimeMs) }
}
