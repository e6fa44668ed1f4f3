/** `varia train`: learns from the project's designs. Ctrl-C stops early and keeps what was learned. */
import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { type BackendName } from '../../contract/backend'
import { type ErrorCode, VariaError } from '../../contract/errors'
import {
  type Recipe,
  type RecipeName,
  recipe as recipeSchema,
  recipeNames,
  type TrainingLength,
} from '../../contract/recipe'
import { type JobId } from '../../contract/jobs'
import { type ProjectInfo } from '../../contract/project'
import { type RunId } from '../../contract/run'
import {
  backendOption,
  commandOf,
  type CommonOptions,
  positiveNumber,
  type Run,
  runOption,
  shortText,
  wholeNumber,
} from '../command'
import { durationText } from '../terminal'
import { changeRecipe } from '../recipe-changes'
import { type Workspace } from '../workspace'

interface TrainOptions extends CommonOptions {
  readonly recipe: string
  readonly set: readonly string[]
  readonly epochs?: number
  readonly minutes?: number
  readonly steps?: number
  readonly seed: number
  readonly name?: string
  readonly backend?: BackendName
  readonly resume?: boolean
  readonly run?: number
}

/** Epochs or minutes that a recipe may name at most. */
const longest = 100_000

const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export function trainCommand(run: Run): Command {
  return commandOf(
    'train',
    'Learn the space that a project’s designs span; Ctrl-C stops early and keeps what was learned',
  )
    .argument('<project>', 'a .varia folder')
    .option('--recipe <name|file.json>', `one of ${recipeNames.join(', ')}, or a file`, 'auto')
    .option(
      '--set <path=value>',
      'change a field of the recipe, as in likelihood.kind=gaussian; repeatable',
      gather,
      [],
    )
    .option('--epochs <number>', 'passes over the collection', positiveNumber(longest))
    .option('--minutes <number>', 'time to learn', positiveNumber(longest))
    .option('--steps <number>', 'batches to learn from', wholeNumber(1))
    .option('--seed <number>', 'the same seed gives the same run', wholeNumber(0), 1)
    .option('--name <text>', 'what to call the run', shortText(120))
    .addOption(backendOption())
    .addOption(
      // What a run was begun with decides how it goes on.
      new Option('--resume', 'go on with a run from its latest checkpoint').conflicts([
        'recipe',
        'set',
        'seed',
        'name',
      ]),
    )
    .addOption(runOption())
    .action((place: string, options: TrainOptions, command: Command) =>
      run(options, async (workspace) => {
        if (options.run !== undefined && options.resume !== true) command.error('error: --run goes with --resume')
        const project = await workspace.openProject(place)
        const device = await workspace.call('app.device')
        workspace.terminal.note(`Computing with ${device.title}.`)
        workspace.goOn('Learning')
        const started = await (options.resume === true
          ? resume(workspace, project, options)
          : start(workspace, options))
        try {
          await workspace.finished(started.job)
        } catch (error) {
          if (error instanceof VariaError) noteWhatIsKept(workspace, error.code)
          throw error
        }
        await tell(workspace, started.run)
      }),
    )
}

/** After Ctrl-C, and where the disk takes no more checkpoints, a run can go on. */
function noteWhatIsKept({ terminal }: Workspace, ended: ErrorCode): void {
  const kept = { cancelled: 'what was learned', 'disk-error': 'what was learned until its last checkpoint' } as const
  if (ended !== 'cancelled' && ended !== 'disk-error') return
  terminal.note(`Stopped; ${kept[ended]} is kept. Go on with: varia train PROJECT --resume`)
}

function lengthOf({ epochs, minutes, steps }: TrainOptions): TrainingLength | null {
  if (epochs === undefined && minutes === undefined && steps === undefined) return null
  return { epochs: epochs ?? null, minutes: minutes ?? null, steps: steps ?? null }
}

async function start(workspace: Workspace, options: TrainOptions): Promise<{ run: RunId; job: JobId }> {
  let recipe = changeRecipe(await recipeOf(workspace, options.recipe), options.set)
  const length = lengthOf(options)
  if (length !== null) recipe = { ...recipe, length }
  else if (Object.values(recipe.length).every((limit) => limit === null)) {
    // A terminal may be left alone: a run ends by itself unless told how long.
    const auto = await workspace.call('recipe.suggest', { name: 'auto' })
    recipe = { ...recipe, length: auto.recipe.length }
  }
  const { seed, name } = options
  workspace.goOn('Learning')
  return workspace.call('run.start', { recipe, seed, ...(name === undefined ? {} : { name }) })
}

async function resume(
  workspace: Workspace,
  project: ProjectInfo,
  options: TrainOptions,
): Promise<{ run: RunId; job: JobId }> {
  const id = await workspace.run(project, options.run)
  const length = lengthOf(options)
  return workspace.call('run.continue', { run: id, ...(length === null ? {} : { length }) })
}

async function recipeOf(workspace: Workspace, wanted: string): Promise<Recipe> {
  const name = recipeNames.find((one): one is RecipeName => one === wanted)
  if (name !== undefined) {
    const { recipe, reasons } = await workspace.call('recipe.suggest', { name })
    for (const { sentence } of reasons) workspace.terminal.note(`  ${sentence}`)
    return recipe
  }
  return readRecipe(wanted)
}

/** Reads a recipe, or the `recipe.json` of an exported model. @throws VariaError `recipe-invalid` */
async function readRecipe(file: string): Promise<Recipe> {
  const invalid = (reason: string): VariaError =>
    new VariaError({
      code: 'recipe-invalid',
      message: `${file} is no recipe: ${reason}`,
      remedy: `Give a JSON file with a recipe, or one of ${recipeNames.join(', ')}.`,
      subject: file,
    })
  let parsed: unknown
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error))
  }
  const exported = typeof parsed === 'object' && parsed !== null && 'recipe' in parsed ? parsed.recipe : parsed
  const result = recipeSchema.safeParse(exported)
  if (result.success) return result.data
  const first = result.error.issues[0]
  throw invalid(`${first?.path.join('.') ?? ''}: ${first?.message ?? 'not understood'}`)
}

async function tell(workspace: Workspace, id: RunId): Promise<void> {
  const runs = await workspace.call('run.list')
  const info = runs.find((one) => one.id === id)
  if (info === undefined) return
  const loss = info.checkpoint?.validation ?? info.validation?.negativeElbo
  const lines = [
    `Run ${String(id)} ${info.state} after ${durationText(info.seconds)}: ${info.epoch.toFixed(1)} epochs, ${String(info.step)} steps.`,
  ]
  if (loss !== undefined) lines.push(`Held out: ${loss.toFixed(2)} nats a picture (best checkpoint).`)
  if (info.diagnosis !== null) lines.push(`${info.diagnosis.sentence} ${info.diagnosis.remedy}`)
  workspace.terminal.result({ ...info }, lines)
}
