/** Maps: what is kept, and computing them anew. */
import { type Handlers } from '../../contract/procedures'
import { sessionOf, type StudioContext } from '../context'
import { pcaMap, startMap } from './compute-map'

type MapHandlers = Pick<Handlers, 'map.get' | 'map.compute'>

export function mapHandlers(context: StudioContext): MapHandlers {
  return {
    'map.get': async ({ run, method }, { signal }) => {
      const session = sessionOf(context)
      const { project } = session
      project.runs.get(run)
      const live = session.models.live(run) !== null
      if (live) {
        const kept = session.liveMaps.get(`${String(run)} ${method}`)
        // The live cloud is refreshed by the training loop; its linear layout costs milliseconds.
        if (method === 'pca' && (await session.clouds.ready(run)))
          return pcaMap(await session.clouds.of(run, { signal }))
        if (kept !== undefined) return kept
      }
      const saved = await project.maps.latest(run, method)
      // Items that came later are not on it: it has to be made again.
      return saved !== null && saved.items.length === project.items.count() ? saved : null
    },
    'map.compute': ({ run, method }) => {
      const session = sessionOf(context)
      session.project.runs.get(run)
      return Promise.resolve({ job: startMap(context, session, run, method).id })
    },
  }
}
