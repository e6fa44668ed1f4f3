/** Latents out as a table, and a table of latents in as pictures. */
import { VariaError } from '../../contract/errors'
import { readLatents, writeLatentsCsv, writeLatentsNpy } from '../../modality/draw/latents-table'
import { readFileWhole, realDisk } from '../../project/disk'
import { decodeLatents } from '../latent/decode'
import { type Exporter } from './exporter'
import { pictureFile } from './pictures'
import { provenanceOf } from './provenance-of'

const largestTable = 2 ** 30
const atOnce = 64

export const exportLatents: Exporter<'latents'> = {
  title: 'Latents',
  async *make(what, { session, job }) {
    const { project } = session
    const cloud = await session.clouds.of(what.runId, {
      signal: job.signal,
      onProgress: (done, total) => {
        job.progress({ done, total })
      },
    })
    const names = new Map([...project.items.names()].map(({ id, name }) => [id, name]))
    const table = {
      names: Array.from(cloud.items, (id) => names.get(id) ?? ''),
      count: cloud.items.length,
      latent: cloud.dimension,
      values: cloud.means,
    }
    if (what.format === 'csv') yield { name: 'Latents.csv', mime: 'text/csv', data: writeLatentsCsv(table) }
    else yield { name: 'Latents.npy', mime: 'application/octet-stream', data: writeLatentsNpy(table) }
  },
}

export const exportDecoded: Exporter<'decoded'> = {
  title: 'Decoded latents',
  async *make(what, { context, session, job }) {
    const { path, name: file } = context.grants.resolve(what.latents, 'latents')
    const model = await session.models.of(what.runId)
    const data = await readFileWhole(realDisk, path, largestTable).catch((error: unknown) => {
      if (error instanceof RangeError) throw tooLarge(file)
      throw error
    })
    if (data === null) throw missing(file)
    const table = readLatents(data, file, model.latent)
    job.progress({ total: Math.max(1, table.count) })
    const digits = String(table.count).length
    for (let start = 0; start < table.count; start += atOnce) {
      const end = Math.min(table.count, start + atOnce)
      const part = table.values.slice(start * model.latent, end * model.latent)
      const stack = await decodeLatents(model, part, end - start, 'training', job.signal)
      for (let row = start; row < end; row++) {
        await job.goOn()
        const named = table.names[row] ?? ''
        const name = named === '' ? `row-${String(row + 1).padStart(digits, '0')}` : named.replace(/\.[^./]*$/, '')
        const point = {
          runId: what.runId,
          checkpoint: model.checkpoint,
          latent: part.slice((row - start) * model.latent, (row - start + 1) * model.latent),
          source: { kind: 'file' as const, name: file, row },
        }
        const options = { format: 'png' as const, scale: what.scale, quality: 100 }
        yield pictureFile(stack, row - start, name, options, provenanceOf(session, point, name), job.signal)
        job.progress({ done: row + 1 })
      }
    }
  },
}

function missing(file: string): VariaError {
  return new VariaError({
    code: 'not-found',
    message: `There is no file ${file}.`,
    remedy: 'Choose the table of latents again.',
    subject: file,
  })
}

function tooLarge(file: string): VariaError {
  return new VariaError({
    code: 'latents-damaged',
    message: `${file} is too large for a table of latents.`,
    remedy: 'Split it into files below 1 GiB.',
    subject: file,
  })
}
