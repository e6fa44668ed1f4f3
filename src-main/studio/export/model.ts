/** The model itself: its weights as safetensors, its recipe as JSON, and a page that says how to read them in Python. */
import { encodeSafetensors, type StoredTensor } from '../../project/safetensors'
import { readState } from '../training/checkpoint-state'
import { shapeOf } from '../collection/shape-of'
import { type Exporter } from './exporter'
import { modelReader, modelReadme } from './model-page'

export const exportModel: Exporter<'model'> = {
  title: 'Model',
  async *make({ runId }, { session, context, job }) {
    const { project } = session
    const run = project.runs.get(runId)
    const { info, state } = await project.checkpoints.load(runId, run.recipe.keepBest ? 'best' : 'latest')
    const { trainer } = readState(state)
    const prefix = trainer.numbers.hasAverage === 1 ? 'average/' : 'weights/'
    const named = (start: string): [string, StoredTensor][] =>
      Object.entries(trainer.tensors)
        .filter(([name]) => name.startsWith(start))
        .map(([name, tensor]) => [name.slice(start.length), tensor])
    const tensors = Object.fromEntries([...named(prefix), ...named('statistics/')])
    const shape = shapeOf(project)
    const collection = project.collection.info()
    const about = {
      format: 'varia-model-1',
      varia: context.options.version,
      run: run.name,
      checkpoint: info.id,
      step: info.step,
      seed: run.seed,
      shape,
      framing: collection?.framing ?? null,
      /** The noise level a Gaussian likelihood has learnt, as the logarithm of sigma; null for others. */
      logSigma: trainer.numbers.logSigma ?? null,
      recipe: run.recipe,
    }
    const parts = encodeSafetensors({ metadata: { format: about.format, run: run.name, checkpoint: info.id }, tensors })
    await job.goOn()
    yield { name: 'model.safetensors', mime: 'application/octet-stream', data: joined(parts) }
    yield { name: 'recipe.json', mime: 'application/json', data: text(`${JSON.stringify(about, null, 2)}\n`) }
    yield { name: 'varia_model.py', mime: 'text/x-python', data: text(modelReader) }
    yield { name: 'README.md', mime: 'text/markdown', data: text(modelReadme(run, shape)) }
  },
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

function text(content: string): Uint8Array {
  return Uint8Array.from(Buffer.from(content, 'utf8'))
}
