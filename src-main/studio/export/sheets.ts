/** Contact sheets: of variants, of a traversal, of reconstructions. */
import { type PictureStack } from '../../contract/binary'
import { encodePicture } from '../../modality/draw/encode-picture'
import { drawSheet, type SheetOptions } from '../../modality/draw/sheet'
import { pictureAt } from '../../modality/draw/stack'
import { picturesOf } from '../collection/collection-handlers'
import { axesOf } from '../latent/axes'
import { columnMeans } from '../latent/eigen'
import { decodeLatents } from '../latent/decode'
import { encodeItems } from '../latent/encode'
import { latentOfItem } from '../latent/latent-handlers'
import { type ExportedFile, type Exporter } from './exporter'

/** Draws a sheet and encodes it as PNG. */
export async function sheetFile(name: string, stack: PictureStack, options: SheetOptions): Promise<ExportedFile> {
  const sheet = await drawSheet(stack, options)
  const { signal } = options
  return {
    name,
    mime: 'image/png',
    data: await encodePicture(sheet, 0, { format: 'png', ...(signal ? { signal } : {}) }),
  }
}

/** Joins stacks of one size, one behind the other. */
export function joinStacks(first: PictureStack, second: PictureStack): PictureStack {
  const data = new Uint8Array(first.data.length + second.data.length)
  data.set(first.data)
  data.set(second.data, first.data.length)
  return { ...first, count: first.count + second.count, data }
}

export const exportSheet: Exporter<'sheet'> = {
  title: 'Sheet',
  async *make(what, { session, job }) {
    const variants = what.variants.map((id) => session.project.variants.get(id))
    // Runs of one project share one size, since its collection has one framing.
    const stack = variants.map(({ picture }) => picture).reduce(joinStacks)
    yield sheetFile('Sheet.png', stack, {
      columns: what.columns,
      scale: what.scale,
      signal: job.signal,
      ...(what.captions ? { captions: variants.map(({ name }) => name) } : {}),
    })
  },
}

export const exportTraversal: Exporter<'traversal'> = {
  title: 'Traversal',
  async *make(what, { session, job }) {
    const { signal } = job
    const model = await session.models.of(what.runId)
    job.progress({ detail: 'Finding where each design lies' })
    const cloud = await session.clouds.of(what.runId, { signal })
    const axes = axesOf(cloud, what.basis).slice(0, what.axes)
    const base =
      what.item === undefined
        ? Float32Array.from(columnMeans(cloud.means, cloud.items.length, cloud.dimension))
        : await latentOfItem(session, model, what.item, signal)
    const latents = new Float32Array(axes.length * what.steps * model.latent)
    axes.forEach((axis, row) => {
      // From the base's own place along the axis, three standard deviations each way of the collection's mean.
      const own = base.reduce((sum, value, index) => sum + value * (axis.direction[index] ?? 0), 0)
      for (let step = 0; step < what.steps; step++) {
        const target = axis.mean + 3 * Math.max(axis.std, 1e-3) * ((2 * step) / (what.steps - 1) - 1)
        const at = (row * what.steps + step) * model.latent
        base.forEach((value, index) => {
          latents[at + index] = value + (target - own) * (axis.direction[index] ?? 0)
        })
      }
    })
    const stack = await decodeLatents(model, latents, axes.length * what.steps, 'training', signal)
    yield sheetFile('Traversal.png', stack, { columns: what.steps, scale: what.scale, signal })
  },
}

export const exportReconstructions: Exporter<'reconstructions'> = {
  title: 'Reconstructions',
  async *make(what, { session, job }) {
    const { signal } = job
    const model = await session.models.of(what.runId)
    const heldOut = session.project.items.ids('heldOut')
    const candidates = heldOut.length > 0 ? heldOut : session.project.items.ids('all')
    const items = candidates.slice(0, what.count)
    const originals = await picturesOf(session, items)
    const source = { items, read: (ids: Int32Array) => session.read(ids) }
    const { mu } = await encodeItems(model, source, 'training', signal)
    const rebuilt = await decodeLatents(model, mu, items.length, 'training', signal)
    yield sheetFile('Reconstructions.png', interleaveRows(originals, rebuilt, what.columns), {
      columns: what.columns,
      scale: what.scale,
      signal,
    })
  },
}

/** A row of the one above a row of the other; the last rows are filled up with the last pictures of their own. */
function interleaveRows(above: PictureStack, below: PictureStack, columns: number): PictureStack {
  const order: { stack: PictureStack; index: number }[] = []
  for (let start = 0; start < above.count; start += columns) {
    for (const stack of [above, below]) {
      for (let column = 0; column < columns; column++) {
        order.push({ stack, index: Math.min(above.count - 1, start + column) })
      }
    }
  }
  const record = above.width * above.height * above.channels
  const data = new Uint8Array(order.length * record)
  order.forEach(({ stack, index }, slot) => data.set(pictureAt(stack, index), slot * record))
  return { ...above, count: order.length, data }
}
