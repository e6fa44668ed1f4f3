/** `varia new` and `varia add`: pictures into a project. */
import { rm } from 'node:fs/promises'
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type CollectionInfo, type ImportNote, type ImportProblem } from '../../contract/collection'
import { VariaError } from '../../contract/errors'
import { type InputOf } from '../../contract/procedures'
import { commandOf, type CommonOptions, numberBetween, type Run, wholeNumber } from '../command'
import { type Workspace } from '../workspace'

interface SourceOptions extends CommonOptions {
  readonly from: string
  readonly count?: number
  readonly sampleSeed?: number
  readonly attributes?: string
}

interface NewOptions extends SourceOptions {
  readonly size?: 32 | 64 | 128 | 256
  readonly fit?: 'contain' | 'cover' | 'trim'
  readonly margin?: number
  readonly channels?: 'auto' | 'gray' | 'rgb' | 'rgba'
  readonly background?: string
  readonly invert?: boolean
}

type Source = InputOf<'collection.import'>['source']
const samples = ['icons', 'sprites', 'vessels'] as const

const withSource = (command: Command): Command =>
  command
    .requiredOption('--from <source>', 'a folder, a file, or sample:icons, sample:sprites, sample:vessels')
    .option('--count <number>', 'how many of a sample to draw', wholeNumber(1))
    .option('--sample-seed <number>', 'which ones of a sample to draw', wholeNumber(0))
    .option('--attributes <file.csv>', 'a table of attributes, joined by file name')

export function newCommand(run: Run): Command {
  return withSource(commandOf('new', 'Make a project from a folder of designs or a sample'))
    .argument('<project>', 'the folder to make; .varia is added where it is missing')
    .addOption(new Option('--size <pixels>', 'pixels a side').choices(['32', '64', '128', '256']))
    .addOption(new Option('--fit <how>', 'how a picture becomes a square').choices(['contain', 'cover', 'trim']))
    .option('--margin <share>', 'border round trimmed pictures, 0 to 0.4', numberBetween(0, 0.4))
    .addOption(new Option('--channels <which>', 'colours to keep').choices(['auto', 'gray', 'rgb', 'rgba']))
    .option('--background <colour>', 'auto, transparent or #rrggbb', colour)
    .option('--invert', 'make content bright on dark')
    .action((place: string, options: NewOptions) =>
      run(options, async (workspace) => {
        // Also where a folder of that name is there: it may be the very folder of designs.
        const folder = /\.varia$/i.test(place) ? resolve(place) : `${resolve(place)}.varia`
        const existed = existsSync(folder)
        const source = sourceOf(workspace, options)
        const grant = workspace.grant(folder, 'folder', 'create-project')
        const name =
          folder
            .split(/[/\\]/)
            .at(-1)
            ?.replace(/\.varia$/i, '') ?? 'Project'
        await workspace.call('project.create', { name: name.slice(0, 120) || 'Project', folder: grant })
        try {
          await importInto(workspace, source, options, {
            ...(options.size === undefined ? {} : { size: Number(options.size) as 32 | 64 | 128 | 256 }),
            ...(options.fit === undefined ? {} : { fit: options.fit }),
            ...(options.margin === undefined ? {} : { margin: options.margin }),
            ...(options.channels === undefined ? {} : { channels: options.channels }),
            ...(options.background === undefined ? {} : { background: options.background }),
            ...(options.invert === undefined ? {} : { invert: options.invert }),
          })
        } catch (error) {
          // A project that never got its pictures is of no use to anybody, and would be in the way of the next try.
          await workspace.call('project.close')
          if (!existed) await rm(folder, { recursive: true, force: true })
          throw error
        }
        await tell(workspace, folder)
      }),
    )
}

export function addCommand(run: Run): Command {
  return withSource(commandOf('add', 'Add designs to a project, framed like those in it'))
    .argument('<project>', 'a .varia folder')
    .action((place: string, options: SourceOptions) =>
      run(options, async (workspace) => {
        const project = await workspace.openProject(place)
        await importInto(workspace, sourceOf(workspace, options), options, {})
        await tell(workspace, project.place)
      }),
    )
}

function sourceOf(workspace: Workspace, options: SourceOptions): Source {
  const sample = /^sample:(.*)$/.exec(options.from)?.[1]
  if (sample !== undefined) {
    const name = samples.find((one) => one === sample)
    if (name === undefined) {
      throw new VariaError({
        code: 'bad-request',
        message: `There is no sample ${sample}.`,
        remedy: `Choose one of ${samples.map((one) => `sample:${one}`).join(', ')}.`,
      })
    }
    const { count, sampleSeed } = options
    return {
      kind: 'sample',
      name,
      ...(count === undefined ? {} : { count }),
      ...(sampleSeed === undefined ? {} : { seed: sampleSeed }),
    }
  }
  const path = resolve(options.from)
  const kind = existsSync(path) && statSync(path).isFile() ? 'file' : 'folder'
  return { kind: 'grants', grants: [workspace.grant(path, kind, 'import')] }
}

async function importInto(
  workspace: Workspace,
  source: Source,
  options: SourceOptions,
  framing: InputOf<'collection.import'>['framing'],
): Promise<void> {
  const attributes =
    options.attributes === undefined ? undefined : workspace.grant(options.attributes, 'file', 'attributes')
  const { job } = await workspace.call('collection.import', {
    source,
    framing,
    ...(attributes === undefined ? {} : { attributes }),
  })
  await workspace.finished(job)
}

async function tell(workspace: Workspace, folder: string): Promise<void> {
  const collection = await workspace.call('collection.info')
  if (collection === null) return
  const problems = await workspace.call('collection.problems')
  const notes = await workspace.call('collection.notes')
  workspace.terminal.result({ project: folder, collection, problems, notes }, [
    `${folder}: ${describeCollection(collection)}`,
    ...describeFiles(problems, notes),
  ])
}

/** A line each: files that were not imported, and what is worth knowing about others. */
export function describeFiles(problems: readonly ImportProblem[], notes: readonly ImportNote[]): string[] {
  return [
    ...problems.map(({ name, message }) => `  not imported: ${name}: ${message}`),
    ...notes.map(({ name, message }) => `  worth knowing: ${name}: ${message}`),
  ]
}

/** `7,447 pictures, 64 x 64 gray, 745 held out, 12 copies, 3 not imported` */
export function describeCollection(collection: CollectionInfo): string {
  const { count, framing, heldOut, duplicates, problems, notes } = collection
  const size = String(framing.size)
  const parts = [
    `${count.toLocaleString('en')} pictures, ${size} x ${size} ${framing.channels}`,
    `${String(heldOut)} held out`,
  ]
  if (duplicates > 0) parts.push(`${String(duplicates)} copies`)
  if (problems > 0) parts.push(`${String(problems)} not imported`)
  if (notes > 0) parts.push(`${String(notes)} worth a look`)
  return parts.join(', ')
}

function colour(text: string): string {
  if (text === 'auto' || text === 'transparent' || /^#[0-9a-f]{6}$/i.test(text)) return text
  throw new InvalidArgumentError('Give auto, transparent or #rrggbb.')
}
