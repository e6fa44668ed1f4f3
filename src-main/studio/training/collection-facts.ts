/** What a recipe is suggested from: how many pictures there are, how they look, how fast this machine learns. */
import { type CollectionFacts } from '../../model/recipe'
import { pictureLength } from '../../model/pictures'
import { Random } from '../../model/random'
import { type Session } from '../session'
import { shapeOf } from '../collection/shape-of'

/** Pictures looked at. */
const looked = 512
/** Values this close to black or white count as such. */
const edge = 16

/** @throws VariaError `too-few-items` for a project without pictures. */
export async function collectionFacts(session: Session, trainingRate: number | null): Promise<CollectionFacts> {
  const { project } = session
  const shape = shapeOf(project)
  const train = project.items.ids('train')
  // Everything may be held out in a collection of one; the facts are about pictures all the same.
  const ids = train.length > 0 ? train : project.items.ids('all')
  const order = Random.for(1, 'facts').permutation(ids.length).subarray(0, looked)
  const pixels = await session.read(Int32Array.from(order, (index) => ids[index] ?? 0))
  return { count: train.length, shape, trainingRate, ...look(pixels, shape.channels, pictureLength(shape)) }
}

function look(
  pixels: Uint8Array,
  channels: number,
  length: number,
): Pick<CollectionFacts, 'binaryShare' | 'colourfulness'> {
  if (length === 0 || pixels.length === 0) return { binaryShare: 0, colourfulness: 0 }
  const colours = Math.min(3, channels)
  let binary = 0
  let distance = 0
  for (let at = 0; at < pixels.length; at += channels) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) {
      const value = pixels[at + channel] ?? 0
      if (value < edge || value > 255 - edge) binary++
      if (channel < colours) sum += value
    }
    const mean = sum / colours
    for (let channel = 0; channel < colours; channel++) distance += Math.abs((pixels[at + channel] ?? 0) - mean)
  }
  const points = pixels.length / channels
  return { binaryShare: binary / pixels.length, colourfulness: distance / (points * colours * 255) }
}
