/** Where pictures come from, as the modality sees it. */
import { type ImportSource } from '../../contract/procedures'
import { openPictures } from '../../modality/image/open-pictures'
import { openSample } from '../../modality/samples/registry'
import { type DesignSource } from '../../modality/source'
import { type StudioContext } from '../context'

/** @throws VariaError `not-allowed`, `folder-missing` */
export function openSource(context: StudioContext, source: ImportSource): Promise<DesignSource> {
  if (source.kind === 'sample') {
    const { name, count, seed } = source
    return Promise.resolve(openSample(name, { seed, ...(count === undefined ? {} : { count }) }))
  }
  return openPictures(source.grants.map((grant) => context.grants.resolve(grant, 'import').path))
}
