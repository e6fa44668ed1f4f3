/** What a recipe is suggested from: how many pictures there are, how they look, how fast this machine learns. */
import { type CollectionFacts } from '../../model/recipe'
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
  return { count: train.length, shape, trainingRate, binaryShare: binaryShare(pixels) }
}

/** Share of the values that are nearly 0 or 255. */
function binaryShare(pixels: Uint8Array): number {
  let binary = 0
  for (const value of pixels) if (value < edge || value > 255 - edge) binary++
  return pixels.length === 0 ? 0 : binary / pixels.length
}
