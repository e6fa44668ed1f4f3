/** The board: variants that somebody kept, each with what is needed to make it again. */
import { type Handlers } from '../../contract/procedures'
import { sessionOf, type StudioContext, writableSession } from '../context'
import { decodeLatents } from '../latent/decode'

type BoardHandlers = Pick<Handlers, 'board.list' | 'board.pin' | 'board.change' | 'board.delete' | 'board.restore'>

export function boardHandlers(context: StudioContext): BoardHandlers {
  const changed = (): void => {
    context.events.emit({ kind: 'board' })
  }
  return {
    'board.list': ({ deleted }) => Promise.resolve(sessionOf(context).project.variants.list(deleted)),
    'board.pin': async ({ point, name, parent }, { signal }) => {
      const session = writableSession(context)
      if (parent !== null) session.project.variants.get(parent)
      const model = await session.models.of(point.runId)
      const { checkpoint } = model
      const picture = await decodeLatents(model, point.latent, 1, 'interactive', signal)
      const variant = session.project.variants.add({ ...point, checkpoint, parent, picture, name })
      changed()
      return variant
    },
    'board.change': (change) => {
      const variant = writableSession(context).project.variants.change(change)
      changed()
      return Promise.resolve(variant)
    },
    'board.delete': ({ ids }) => {
      writableSession(context).project.variants.delete(ids)
      changed()
      return Promise.resolve(undefined)
    },
    'board.restore': ({ ids }) => {
      writableSession(context).project.variants.restore(ids)
      changed()
      return Promise.resolve(undefined)
    },
  }
}
