/** Commands that write pictures: generate, traverse, reconstruct, morph, decode. */
import { type Command, Option } from 'commander'
import { type BackendName } from '../../contract/backend'
import { VariaError } from '../../contract/errors'
import { type InputOf } from '../../contract/procedures'
import {
  backendOption,
  commandOf,
  type CommonOptions,
  forceOption,
  positiveNumber,
  type Run,
  runOption,
  wholeNumber,
} from '../command'
import { type OutputPlace, outputPlace } from '../output-place'
import { type Workspace } from '../workspace'

export interface MakeOptions extends CommonOptions {
  readonly out: string
  readonly run?: number
  readonly force?: boolean
  readonly backend?: BackendName
  readonly scale?: number
}

type Job = InputOf<'export.run'>['what']

/** A command about a run of a project that writes to `--out`. */
export function makeCommand(name: string, description: string, out: string): Command {
  return commandOf(name, description)
    .argument('<project>', 'a .varia folder')
    .requiredOption('--out <place>', out)
    .addOption(runOption())
    .addOption(forceOption())
    .addOption(backendOption())
}

const scaleOption = (): Option =>
  new Option('--scale <number>', 'enlargement, 1 to 8').argParser(wholeNumber(1, 8)).default(1)

/** Runs an export and tells what was written. */
export async function make(
  workspace: Workspace,
  place: string,
  options: MakeOptions,
  output: OutputPlace,
  what: (run: number) => Job | Promise<Job>,
): Promise<void> {
  const project = await workspace.openProject(place, true)
  const run = await workspace.run(project, options.run)
  const grant = workspace.grantOutput(output.path, output.kind, options.force === true)
  const { files } = await workspace.call('export.run', { what: await what(run), target: { kind: 'grant', grant } })
  workspace.terminal.result({ run, out: output.path, files }, [
    output.kind === 'file' ? output.path : `${String(files.length)} files in ${output.path}`,
  ])
}

export function generateCommand(run: Run): Command {
  return makeCommand('generate', 'Draw new variants', 'a folder for a picture each, or a .png for one sheet')
    .option('--count <number>', 'how many', wholeNumber(1, 4096), 64)
    .option('--seed <number>', 'the same seed draws the same variants', wholeNumber(0), 1)
    .option('--temperature <number>', 'below 1 more typical, above 1 bolder', positiveNumber(4), 1)
    .option('--columns <number>', 'of a sheet', wholeNumber(1, 64), 8)
    .addOption(scaleOption())
    .action(
      (place: string, options: MakeOptions & { count: number; seed: number; temperature: number; columns: number }) =>
        run(options, (workspace) => {
          const output = outputPlace(options.out, ['.png'], true)
          const layout = output.kind === 'file' ? 'sheet' : 'files'
          const { count, seed, temperature, columns, scale = 1 } = options
          return make(workspace, place, options, output, (runId) => ({
            kind: 'generated',
            runId,
            count,
            seed,
            temperature,
            layout,
            columns,
            scale,
          }))
        }),
    )
}

export function traverseCommand(run: Run): Command {
  return makeCommand(
    'traverse',
    'One sheet: a row an axis, most used first, from one end of it to the other',
    'a .png file',
  )
    .option('--axes <number>', 'rows', wholeNumber(1, 64), 10)
    .option('--steps <number>', 'columns, 3 to 33', wholeNumber(3, 33), 11)
    .addOption(
      new Option('--basis <which>', 'raw latents or principal directions').choices(['raw', 'principal']).default('raw'),
    )
    .option('--item <item>', 'start from this design (its name or number) instead of the middle')
    .addOption(scaleOption())
    .action(
      (
        place: string,
        options: MakeOptions & { axes: number; steps: number; basis: 'raw' | 'principal'; item?: string },
      ) =>
        run(options, (workspace) => {
          const { axes, steps, basis, item, scale = 1 } = options
          const output = outputPlace(options.out, ['.png'], false)
          return make(workspace, place, options, output, async (runId) => ({
            kind: 'traversal',
            runId,
            axes,
            steps,
            basis,
            scale,
            ...(item === undefined ? {} : { item: await itemCalled(workspace, item) }),
          }))
        }),
    )
}

export function reconstructCommand(run: Run): Command {
  return makeCommand('reconstruct', 'One sheet: held-out designs, each above its reconstruction', 'a .png file')
    .option('--count <number>', 'how many', wholeNumber(1, 512), 32)
    .option('--columns <number>', 'of the sheet', wholeNumber(1, 64), 8)
    .addOption(scaleOption())
    .action((place: string, options: MakeOptions & { count: number; columns: number }) =>
      run(options, (workspace) => {
        const { count, columns, scale = 1 } = options
        const output = outputPlace(options.out, ['.png'], false)
        return make(workspace, place, options, output, (runId) => ({
          kind: 'reconstructions',
          runId,
          count,
          columns,
          scale,
        }))
      }),
    )
}

export function morphCommand(run: Run): Command {
  return makeCommand(
    'morph',
    'The way from one design to another',
    'a .gif for an animation, or a folder for a picture a step',
  )
    .requiredOption('--from <item>', 'a design: its name or number')
    .requiredOption('--to <item>', 'a design: its name or number')
    .option('--steps <number>', 'pictures, 2 to 240', wholeNumber(2, 240), 24)
    .option('--fps <number>', 'pictures a second of the animation', wholeNumber(1, 50), 20)
    .addOption(new Option('--scale <number>', 'enlargement, 1 to 8').argParser(wholeNumber(1, 8)).default(4))
    .action((place: string, options: MakeOptions & { from: string; to: string; steps: number; fps: number }) =>
      run(options, (workspace) => {
        const output = outputPlace(options.out, ['.gif'], true)
        const { steps, fps, scale = 4 } = options
        return make(workspace, place, options, output, async (runId) => ({
          kind: 'morph',
          runId,
          from: await itemCalled(workspace, options.from),
          to: await itemCalled(workspace, options.to),
          steps,
          scale,
          framesPerSecond: fps,
          format: output.kind === 'file' ? 'gif' : 'png',
        }))
      }),
    )
}

export function decodeCommand(run: Run): Command {
  return makeCommand('decode', 'Decode a table of latents, a picture a row', 'a folder')
    .requiredOption('--latents <file>', 'a .csv or .npy as varia encode writes them')
    .addOption(scaleOption())
    .action((place: string, options: MakeOptions & { latents: string }) =>
      run(options, (workspace) => {
        const output = outputPlace(options.out, [], true)
        const latents = workspace.grant(options.latents, 'file', 'latents')
        const { scale = 1 } = options
        return make(workspace, place, options, output, (runId) => ({ kind: 'decoded', runId, latents, scale }))
      }),
    )
}

/**
 * The item a command names: by its whole name, its last part, that without suffix, or its number.
 * @throws VariaError `not-found`, also when several share the name
 */
export async function itemCalled(workspace: Workspace, wanted: string): Promise<number> {
  const { items } = await workspace.call('collection.items', { search: wanted.slice(0, 200), limit: 5000 })
  const last = (name: string): string => name.split('/').at(-1) ?? name
  const ways = [
    (name: string) => name === wanted,
    (name: string) => last(name) === wanted,
    (name: string) => last(name).replace(/\.[^.]*$/, '') === wanted,
  ]
  for (const way of ways) {
    const found = items.filter(({ name }) => way(name))
    if (found.length > 1 && found.some(({ duplicateOf }) => duplicateOf === null) && way !== ways[0]) {
      throw new VariaError({
        code: 'not-found',
        message: `Several designs are called ${wanted}: ${found
          .slice(0, 3)
          .map(({ name }) => name)
          .join(', ')}.`,
        remedy: 'Give the whole name.',
        subject: wanted,
      })
    }
    if (found[0] !== undefined) return found[0].id
  }
  if (/^\d+$/.test(wanted)) return (await workspace.call('collection.item', { id: Number(wanted) })).id
  throw new VariaError({
    code: 'not-found',
    message: `There is no design called ${wanted} in this project.`,
    remedy: 'Give the name of its file, or its number.',
    subject: wanted,
  })
}
