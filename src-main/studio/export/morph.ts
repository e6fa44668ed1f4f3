/** A morph between two items: an animation, or a picture a step. */
import { drawGif } from '../../modality/draw/gif'
import { decodeLatents } from '../latent/decode'
import { morphOfItems } from '../latent/latent-handlers'
import { type Exporter, fileNameOf } from './exporter'
import { pictureFile } from './pictures'
import { provenanceOf } from './provenance-of'

export const exportMorph: Exporter<'morph'> = {
  title: 'Morph',
  async *make(what, { session, job }) {
    const { runId, from, to, steps, scale, framesPerSecond } = what
    const { signal } = job
    const model = await session.models.of(runId)
    const names = [from, to].map((id) => stem(session.project.items.get(id).name))
    const name = fileNameOf(names.join(' to '))
    const latents = await morphOfItems(session, model, from, to, steps, signal)
    const frames = await decodeLatents(model, latents, steps, 'training', signal)
    if (what.format !== 'png') {
      const data = await drawGif(frames, { framesPerSecond, backAndForth: what.loop, scale, signal })
      yield { name: `${name}.gif`, mime: 'image/gif', data }
      return
    }
    job.progress({ total: steps })
    for (let step = 0; step < steps; step++) {
      await job.goOn()
      const at = step / (steps - 1)
      const point = {
        runId,
        checkpoint: model.checkpoint,
        latent: latents.slice(step * model.latent, (step + 1) * model.latent),
        source: { kind: 'morph' as const, from, to, at },
      }
      const title = `${name} ${String(step + 1).padStart(String(steps).length, '0')}`
      const options = { format: 'png' as const, scale, quality: 100 }
      yield pictureFile(frames, step, title, options, provenanceOf(session, point, title), signal)
      job.progress({ done: step + 1 })
    }
  },
}

/** `star` of `shapes/star.svg`. */
function stem(name: string): string {
  const last = name.split('/').at(-1) ?? name
  return last.replace(/\.[^.]*$/, '')
}
