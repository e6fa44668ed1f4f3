/** `varia encode` and `varia export-model`: what other programs go on with. */
import { type Command } from 'commander'
import { type Run } from '../command'
import { outputPlace } from '../output-place'
import { make, makeCommand, type MakeOptions } from './make'

export function encodeCommand(run: Run): Command {
  return makeCommand('encode', 'Write the latents of all designs as a table', 'a .csv or .npy file').action(
    (place: string, options: MakeOptions) =>
      run(options, (workspace) => {
        const output = outputPlace(options.out, ['.csv', '.npy'], false)
        const format = output.suffix === '.npy' ? 'npy' : 'csv'
        return make(workspace, place, options, output, (runId) => ({ kind: 'latents', runId, format }))
      }),
  )
}

export function exportModelCommand(run: Run): Command {
  return makeCommand(
    'export-model',
    'Write the model: safetensors, its recipe, and how to read them in Python',
    'a folder',
  ).action((place: string, options: MakeOptions) =>
    run(options, (workspace) => {
      const output = outputPlace(options.out, [], true)
      return make(workspace, place, options, output, (runId) => ({ kind: 'model', runId }))
    }),
  )
}
