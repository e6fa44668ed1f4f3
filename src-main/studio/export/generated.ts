/** Draws from the prior, as files or as one sheet. */
import { decodeLatents } from '../latent/decode'
import { randomLatents } from '../latent/latent-handlers'
import { type Exporter } from './exporter'
import { pictureFile } from './pictures'
import { provenanceOf } from './provenance-of'
import { sheetFile } from './sheets'

/** Pictures decoded before they are written. */
const atOnce = 64

export const exportGenerated: Exporter<'generated'> = {
  title: 'Variants',
  async *make(what, { session, job }) {
    const { runId, count, seed, temperature, columns, scale } = what
    const { signal } = job
    const model = await session.models.of(runId)
    const latents = await randomLatents(session, model, { count, seed, temperature }, signal)
    job.progress({ total: count })
    if (what.layout === 'sheet') {
      const stack = await decodeLatents(model, latents, count, 'training', signal)
      job.progress({ done: count })
      yield sheetFile('Variants.png', stack, { columns, scale, signal })
      return
    }
    const digits = String(count).length
    for (let start = 0; start < count; start += atOnce) {
      const part = latents.slice(start * model.latent, Math.min(count, start + atOnce) * model.latent)
      const stack = await decodeLatents(model, part, part.length / model.latent, 'training', signal)
      for (let index = 0; index < stack.count; index++) {
        await job.goOn()
        const name = `variant-${String(start + index + 1).padStart(digits, '0')}`
        const point = {
          runId,
          checkpoint: model.checkpoint,
          latent: part.slice(index * model.latent, (index + 1) * model.latent),
          source: { kind: 'random' as const, seed, temperature },
        }
        const options = { format: 'png' as const, scale, quality: 100 }
        yield pictureFile(stack, index, name, options, provenanceOf(session, point, name), signal)
        job.progress({ done: start + index + 1 })
      }
    }
  },
}
