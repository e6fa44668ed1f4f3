/** Single pictures: pinned variants, and the latent that is being edited. */
import { type PictureStack } from '../../contract/binary'
import { type ExportJob } from '../../contract/export'
import { type LatentPoint } from '../../contract/latent'
import { type Provenance } from '../../contract/variant'
import { encodePicture, pictureMime, suffixOf } from '../../modality/draw/encode-picture'
import { decodeLatents } from '../latent/decode'
import { type ExportedFile, type Exporter, fileNameOf } from './exporter'
import { provenanceOf } from './provenance-of'

type PictureOptions = Pick<Extract<ExportJob, { kind: 'point' }>, 'format' | 'scale' | 'quality'>

/** Encodes one picture under a name; PNGs carry their provenance. */
export async function pictureFile(
  stack: PictureStack,
  index: number,
  name: string,
  options: PictureOptions,
  provenance: Provenance | null,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const { format } = options
  const data = await encodePicture(stack, index, {
    ...options,
    signal,
    ...(provenance === null || format !== 'png' ? {} : { provenance }),
  })
  return { name: `${fileNameOf(name)}.${suffixOf(format)}`, mime: pictureMime[format], data }
}

export const exportVariants: Exporter<'variants'> = {
  title: 'Variants',
  async *make(what, { session, job }) {
    job.progress({ total: what.variants.length })
    let done = 0
    for (const id of what.variants) {
      await job.goOn()
      const variant = session.project.variants.get(id)
      const provenance = provenanceOf(session, variant, variant.name)
      yield pictureFile(variant.picture, 0, variant.name, what, provenance, job.signal)
      job.progress({ done: ++done })
    }
  },
}

export const exportPoint: Exporter<'point'> = {
  title: 'Picture',
  async *make(what, { session, job }) {
    const model = await session.models.of(what.point.runId)
    const point: LatentPoint = { ...what.point, checkpoint: model.checkpoint }
    const picture = await decodeLatents(model, point.latent, 1, 'interactive', job.signal)
    yield pictureFile(picture, 0, what.name, what, provenanceOf(session, point, what.name), job.signal)
  },
}
