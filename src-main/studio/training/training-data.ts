/** What a run trains on, and whether that is enough. */
import { VariaError } from '../../contract/errors'
import { type Fill, fillOf } from '../../modality/image/augment-pictures'
import { type PictureShape } from '../../model/pictures'
import { type Project } from '../../project/project'
import { collectionOf, shapeOf } from '../collection/shape-of'

export interface TrainingData {
  readonly shape: PictureShape
  /** What comes in where augmentation moves a picture away. */
  readonly fill: Fill
  readonly train: Int32Array
  /** Empty in small collections whose hashes fell so. */
  readonly heldOut: Int32Array
}

/** Fewer different designs than this span no space to speak of. */
export const fewestDesigns = 8

/** @throws VariaError `too-few-items` */
export function trainingData(project: Project): TrainingData {
  const collection = collectionOf(project)
  const different = collection.count - collection.duplicates
  if (different < fewestDesigns) {
    const copies = collection.duplicates > 0 ? ` (${String(collection.duplicates)} more are copies)` : ''
    throw new VariaError({
      code: 'too-few-items',
      message: `The collection has ${String(different)} different ${different === 1 ? 'picture' : 'pictures'}${copies}: there is no space between so few.`,
      remedy: `Add designs until there are at least ${String(fewestDesigns)} different ones; from about 50 on it becomes interesting.`,
    })
  }
  return {
    shape: shapeOf(project),
    fill: fillOf(collection.framing),
    train: project.items.ids('train'),
    heldOut: project.items.ids('heldOut'),
  }
}
