/** Latents: axes with sliders, latents of items and pictures, draws, live pixels, morphs. */
import { type PictureStack } from '../../contract/binary'
import { VariaError } from '../../contract/errors'
import { type LatentPoint } from '../../contract/latent'
import { type Handlers } from '../../contract/procedures'
import { findProvenance } from '../../modality/draw/provenance'
import { framePicture } from '../../modality/image/frame-picture'
import { DesignProblem } from '../../modality/source'
import { Random } from '../../model/random'
import { sessionOf, type StudioContext } from '../context'
import { collectionOf, shapeOf } from '../collection/shape-of'
import { type Session } from '../session'
import { axesOf } from './axes'
import { latentOfRow, rowOfItem } from './cloud'
import { checkLatents, decodeLatents } from './decode'
import { encodeWith } from './encode'
import { linear, morphPath, spherical } from './morph'
import { hasPrior, type RunModel } from './run-model'
import { columnMeans } from './eigen'

type LatentHandlers = Pick<
  Handlers,
  'latent.axes' | 'latent.ofItem' | 'latent.ofPicture' | 'latent.random' | 'latent.decode' | 'latent.morph'
>

/** Items named as the nearest to a latent. */
const nearest = 6

export function latentHandlers(context: StudioContext): LatentHandlers {
  return {
    'latent.axes': async ({ run, basis }, { signal }) =>
      axesOf(await sessionOf(context).clouds.of(run, { signal }), basis),
    'latent.ofItem': async ({ run, item }, { signal }) => {
      const session = sessionOf(context)
      session.project.items.get(item)
      const model = await session.models.of(run)
      return {
        runId: run,
        checkpoint: model.checkpoint,
        latent: await latentOfItem(session, model, item, signal),
        source: { kind: 'item', item },
      }
    },
    'latent.ofPicture': ({ run, name, data }, { signal }) =>
      pointOfPicture(sessionOf(context), run, name, data, signal),
    'latent.random': async ({ run, count, seed, temperature }, { signal }) => {
      const session = sessionOf(context)
      const model = await session.models.of(run)
      const latents = await randomLatents(session, model, { count, seed, temperature }, signal)
      return Array.from({ length: count }, (_, row) => ({
        runId: run,
        checkpoint: model.checkpoint,
        latent: latents.slice(row * model.latent, (row + 1) * model.latent),
        source: { kind: 'random' as const, seed, temperature },
      }))
    },
    'latent.decode': async ({ run, count, latents, typicality }, { signal }) => {
      const session = sessionOf(context)
      const model = await session.models.of(run)
      const pictures = await decodeLatents(model, latents, count, 'interactive', signal)
      // The first gauge of a checkpoint needs all its latents: a slider does not wait for them.
      const ready = typicality && (await session.clouds.ready(run))
      if (typicality && !ready) void session.clouds.gauge(run).catch(() => undefined)
      const gauge = ready ? await session.clouds.gauge(run) : null
      return { pictures, typicality: gauge?.judge(latents, count, nearest) ?? [] }
    },
    'latent.morph': async ({ run, from, to, steps }, { signal }) => {
      const session = sessionOf(context)
      const model = await session.models.of(run)
      const latents = await morphOfItems(session, model, from, to, steps, signal)
      return { latents, pictures: await decodeLatents(model, latents, steps, 'interactive', signal) }
    },
  }
}

/** An item's posterior mean: from the cloud where it is at hand, else encoded now. @throws VariaError `not-found` */
export async function latentOfItem(
  session: Session,
  model: RunModel,
  item: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  session.project.items.get(item)
  const live = session.models.live(model.runId) !== null
  if (!live && (await session.clouds.ready(model.runId))) {
    const cloud = await session.clouds.of(model.runId)
    const row = rowOfItem(cloud, item)
    if (row >= 0) return latentOfRow(cloud, row)
  }
  const pixels = await session.read([item])
  return (await model.use('interactive', (vae) => encodeWith(vae, pixels), signal)).mu
}

/** [steps, latent] from one item to another, both included. */
export async function morphOfItems(
  session: Session,
  model: RunModel,
  from: number,
  to: number,
  steps: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const a = await latentOfItem(session, model, from, signal)
  const b = await latentOfItem(session, model, to, signal)
  return morphPath(a, b, steps, hasPrior(model.recipe) ? spherical : linear)
}

export interface RandomDraw {
  readonly count: number
  readonly seed: number
  readonly temperature: number
}

/**
 * [count, latent] draws from the prior. A model without one is drawn from like the collection's latents lie: each from
 * a normal of its own mean and variance.
 */
export async function randomLatents(
  session: Session,
  model: RunModel,
  { count, seed, temperature }: RandomDraw,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { latent } = model
  if (hasPrior(model.recipe)) {
    return model.use(
      'interactive',
      async (vae) => {
        const drawn = vae.sample(count, seed, temperature)
        const values = Float32Array.from(await drawn.data<'float32'>())
        drawn.dispose()
        return values
      },
      signal,
    )
  }
  const cloud = await session.clouds.of(model.runId, signal === undefined ? {} : { signal })
  const means = columnMeans(cloud.means, cloud.items.length, latent)
  const squares = columnMeans(
    cloud.means.map((value) => value * value),
    cloud.items.length,
    latent,
  )
  const noise = new Float32Array(Random.for(seed, 'prior').normals(count * latent))
  return noise.map((value, index) => {
    const i = index % latent
    const mean = means[i] ?? 0
    const deviation = Math.sqrt(Math.max(0, (squares[i] ?? 0) - mean * mean))
    return mean + temperature * deviation * value
  })
}

async function pointOfPicture(
  session: Session,
  run: number,
  name: string,
  data: Uint8Array,
  signal: AbortSignal,
): Promise<{ point: LatentPoint; picture: PictureStack; restored: boolean }> {
  const { project } = session
  const model = await session.models.of(run)
  const told = findProvenance(data)
  // A picture of ours, made with this run: its exact latent rather than what encoding finds.
  if (
    told !== null &&
    told.runId === run &&
    told.project === project.info().name &&
    told.latent.length === model.latent
  ) {
    const latent = Float32Array.from(told.latent)
    checkLatents(latent, 1, model)
    const picture = await decodeLatents(model, latent, 1, 'interactive', signal)
    return { point: { runId: run, checkpoint: model.checkpoint, latent, source: told.source }, picture, restored: true }
  }
  const framed = await framePicture({ name, data }, collectionOf(project).framing).catch((error: unknown) => {
    if (error instanceof DesignProblem) throw unreadable(error)
    throw error
  })
  const { mu } = await model.use('interactive', (vae) => encodeWith(vae, framed.pixels), signal)
  const { height, width, channels } = shapeOf(project)
  return {
    point: { runId: run, checkpoint: model.checkpoint, latent: mu, source: { kind: 'dropped', name } },
    picture: { count: 1, width, height, channels, data: framed.pixels },
    restored: false,
  }
}

const remedies = {
  'image-damaged': 'Open it in another program and save it again.',
  'image-unsupported': 'Save it as PNG, JPEG, WebP, AVIF, GIF, TIFF or SVG.',
  'image-too-large': 'Make it smaller first.',
  'image-unreadable': 'Check that you may read it.',
}

function unreadable({ problem }: DesignProblem): VariaError {
  const { code, message, name } = problem
  return new VariaError({ code, message, remedy: remedies[code], subject: name })
}
