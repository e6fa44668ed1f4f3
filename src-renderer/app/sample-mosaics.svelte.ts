/** The samples that come with Varia, each with a few of its pictures. */
import type { PictureStack } from '../../src-main/contract/binary'
import type { SampleInfo } from '../../src-main/contract/collection'
import { session } from './session.svelte'

/** A mosaic's pictures across and down. */
export const mosaicColumns = 8
export const mosaicRows = 2

export class SampleMosaics {
  samples = $state.raw<readonly SampleInfo[]>([])
  #mosaics = $state.raw<Readonly<Record<string, PictureStack>>>({})

  /** A sample's pictures; undefined until they are here. */
  of(name: string): PictureStack | undefined {
    return this.#mosaics[name]
  }

  /** Fetches the list, then what pictures are missing, one sample after the other. @throws VariaError */
  async load(): Promise<void> {
    this.samples = await session.call('samples.list')
    for (const { name } of this.samples) {
      if (this.of(name) !== undefined) continue
      const mosaic = await session.call('samples.mosaic', { name, count: mosaicColumns * mosaicRows })
      this.#mosaics = { ...this.#mosaics, [name]: mosaic }
    }
  }
}
