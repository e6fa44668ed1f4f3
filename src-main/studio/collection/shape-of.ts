/** The shape of a project's pictures. */
import { type ChannelCount } from '../../contract/binary'
import { type CollectionInfo } from '../../contract/collection'
import { VariaError } from '../../contract/errors'
import { type PictureShape } from '../../model/pictures'
import { type Project } from '../../project/project'

/** @throws VariaError `too-few-items` for a project without pictures. */
export function collectionOf(project: Project): CollectionInfo {
  const collection = project.collection.info()
  if (collection !== null) return collection
  throw new VariaError({
    code: 'too-few-items',
    message: 'The project has no pictures yet.',
    remedy: 'Import a folder of designs, or one of the samples.',
  })
}

/** @throws VariaError `too-few-items` for a project without pictures. */
export function shapeOf(project: Project): PictureShape & { readonly channels: ChannelCount } {
  const { framing, channels } = collectionOf(project)
  return { height: framing.size, width: framing.size, channels }
}
