/** Maps: where each item lies in the space a run has learned. */
import { VariaError } from '../../contract/errors'
import { type LatentMap, type MapMethod } from '../../contract/map'
import { type RunId } from '../../contract/run'
import { type StudioContext } from '../context'
import { type Job, type StartedJob } from '../jobs/jobs'
import { type LatentCloud } from '../latent/cloud'
import { type Session } from '../session'
import { layoutPca } from './layout-pca'
import { fewestForUmap } from './layout-umap'
import { runUmap } from './run-umap'

/** Of the layout; a map of the same latents looks the same each time. */
const umapSeed = 1
const titles: Record<MapMethod, string> = { pca: 'Mapping', umap: 'Mapping neighbours' }

/** The map of a cloud by its principal directions. */
export function pcaMap(cloud: LatentCloud): LatentMap {
  const { runId, checkpoint, items } = cloud
  return { runId, checkpoint, method: 'pca', items, ...layoutPca(cloud) }
}

/**
 * Starts a job that encodes the collection where needed, lays it out and saves the map with the project. While one of
 * that run and method is under way, that one is returned.
 */
export function startMap(
  context: StudioContext,
  session: Session,
  run: RunId,
  method: MapMethod,
): StartedJob<LatentMap> {
  const key = `${String(run)} ${method}`
  const underWay = session.mapping.get(key)
  if (underWay !== undefined) return underWay
  const started = context.jobs.start({
    kind: 'map',
    title: titles[method],
    unit: '%',
    total: 100,
    run: (job) => computeMap(context, session, run, method, job),
  })
  session.mapping.set(key, started)
  const ended = (): void => {
    session.mapping.delete(key)
  }
  started.result.then(ended, ended)
  return started
}

async function computeMap(
  context: StudioContext,
  session: Session,
  run: RunId,
  method: MapMethod,
  job: Job,
): Promise<LatentMap> {
  const { signal } = job
  // Encoding is all of a linear map's work and a small part of a UMAP's.
  const encoding = method === 'pca' ? 95 : 20
  job.progress({ detail: 'Finding where each design lies' })
  const cloud = await session.clouds.of(run, {
    signal,
    onProgress: (done, total) => {
      job.progress({ done: (encoding * done) / total })
    },
  })
  job.progress({ done: encoding, detail: 'Arranging' })
  const map = method === 'pca' ? pcaMap(cloud) : await umapMap(cloud, job, encoding)
  if (signal.aborted) {
    throw new VariaError({ code: 'cancelled', message: 'The map was stopped.', remedy: '' })
  }
  const live = session.models.live(run) !== null
  if (session.project.readOnly === null && !live) await session.project.maps.save(map)
  if (live) session.liveMaps.set(`${String(run)} ${method}`, map)
  context.events.emit({ kind: 'map', run, method, live })
  return map
}

async function umapMap(cloud: LatentCloud, job: Job, encoding: number): Promise<LatentMap> {
  const { runId, checkpoint, items, means, dimension } = cloud
  const count = items.length
  // Among a handful of items there are no neighbourhoods: the linear map shows all there is.
  if (count < fewestForUmap) return { ...pcaMap(cloud), method: 'umap', frame: null }
  const positions = await runUmap({ latents: means, count, dimension, seed: umapSeed }, job.signal, (share) => {
    job.progress({ done: encoding + (100 - encoding) * share })
  })
  return { runId, checkpoint, method: 'umap', items, positions, frame: null }
}
