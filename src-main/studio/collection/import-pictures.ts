/**
 * Import: a source's pictures, framed, become items of the open project, batch by batch, each batch committed with its
 * problems. An import that is cancelled or fails is taken back whole, whether it was the first or an addition: nobody
 * wants a tenth of a folder. What a crash interrupts keeps its committed batches, since nobody decided anything.
 */
import { cancelled, VariaError } from '../../contract/errors'
import { type ImportNote, type ImportProblem } from '../../contract/collection'
import { type ParsedInputOf } from '../../contract/procedures'
import { type NewItem } from '../../project/items'
import { matchAttributes } from '../../modality/attributes/match-attributes'
import { readPictures } from '../../modality/image/read-pictures'
import { resolveFraming, spreadSample } from '../../modality/image/resolve-framing'
import { type Attributes, type DesignSource, type SourceEntry } from '../../modality/source'
import { busy, type StudioContext } from '../context'
import { type Job, type StartedJob } from '../jobs/jobs'
import { type Session } from '../session'
import { ImportBatches } from './import-batches'
import { openSource } from './open-source'
import { type NamedTable, readTable } from './read-table'

/** Pictures that decide what `auto` leaves open. */
const framingSample = 64

export interface ImportSummary {
  readonly imported: number
  readonly problems: number
}

/** Starts the import. @throws VariaError `busy`, `not-allowed`, `folder-missing` */
export async function startImport(
  context: StudioContext,
  session: Session,
  input: ParsedInputOf<'collection.import'>,
): Promise<StartedJob<ImportSummary>> {
  refuseSecond(context, session)
  const source = await openSource(context, input.source)
  const table = input.attributes === undefined ? null : await readTable(context, input.attributes)
  refuseSecond(context, session)
  return context.jobs.start({
    kind: 'import',
    title: `Importing ${source.origin}`,
    unit: 'pictures',
    run: (job) => importPictures(context, session, job, source, input, table),
  })
}

function refuseSecond(context: StudioContext, session: Session): void {
  if (context.jobs.active('import') !== null) {
    throw busy('Pictures are being imported already.', 'Wait until that import has ended, or cancel it.')
  }
  if (session.training !== null) {
    throw busy('A run is training on this collection.', 'Pause or stop it first, then add pictures.')
  }
}

async function importPictures(
  context: StudioContext,
  session: Session,
  job: Job,
  source: DesignSource,
  input: ParsedInputOf<'collection.import'>,
  table: NamedTable | null,
): Promise<ImportSummary> {
  const { project } = session
  const { signal } = job
  const entries = await findPictures(source, job)
  job.progress({ total: entries.length, detail: 'Looking at a few of them' })
  const framing =
    project.collection.stored()?.framing ??
    (await resolveFraming(source, spreadSample(entries, framingSample), input.framing, signal))
  // Joined before anything is written: a table that fits nothing should stop the import at its start.
  const names = entries.map(({ name }) => name)
  const attributes = table === null ? null : matchAttributes(table.table, names, table.name)
  const columns = table?.table.columns ?? []
  const id = await project.imports.begin({ origin: source.origin, framing, columns })
  try {
    const batches = new ImportBatches(project, id, framing)
    let done = 0
    for await (const outcome of readPictures(source, framing, { signal, entries })) {
      done++
      if (outcome.kind === 'problem') await batches.addProblem(outcome.problem)
      else {
        const own = attributes?.attributes.get(outcome.entry.name)
        const item: NewItem = {
          name: outcome.entry.name,
          width: outcome.width,
          height: outcome.height,
          contentHash: outcome.hash,
          source: outcome.entry.path,
          attributes: { ...outcome.attributes, ...own } satisfies Attributes,
        }
        const { note } = outcome
        await batches.addItem(item, outcome.pixels, note === null ? null : { name: item.name, message: note })
      }
      job.progress({ done, detail: outcome.entry.name })
    }
    await batches.flush()
    if (table !== null && attributes !== null && attributes.unmatched.length > 0) {
      project.imports.tell(id, [], [noteOnRows(table.name, attributes.unmatched)])
    }
    if (signal.aborted) throw cancelled('The import')
    if (batches.imported === 0) throw nothingReadable(source.origin, batches.firstProblem)
    const collection = await project.imports.finish(id)
    session.clouds.clear()
    if (collection !== null) context.events.emit({ kind: 'collection', collection })
    context.events.emit({ kind: 'project', project: session.info() })
    return { imported: batches.imported, problems: batches.problems }
  } catch (error) {
    // Where even that fails, as on a full disk, the next import or the next opening settles it; why it failed comes first.
    await project.imports.cancel(id).catch((fault: unknown) => {
      context.options.log?.(`The import could not be taken back yet: ${String(fault)}`)
    })
    context.events.emit({ kind: 'project', project: session.info() })
    throw error
  }
}

/** @throws VariaError `folder-empty`, `cancelled` */
async function findPictures(source: DesignSource, job: Job): Promise<SourceEntry[]> {
  job.progress({ detail: 'Looking for pictures' })
  const entries: SourceEntry[] = []
  for await (const entry of source.entries(job.signal)) {
    entries.push(entry)
    if (entries.length % 1000 === 0) job.progress({ detail: `${entries.length.toLocaleString('en')} found` })
  }
  if (entries.length === 0) throw nothingThere(source.origin)
  return entries
}

/** Rows named one by one; beyond that their number says enough. */
const rowsNamed = 20

function noteOnRows(name: string, unmatched: readonly string[]): ImportNote {
  const named = unmatched.slice(0, rowsNamed).map((row) => `“${row}”`)
  const more = unmatched.length > rowsNamed ? ` and ${(unmatched.length - rowsNamed).toLocaleString('en')} more` : ''
  const rows = unmatched.length === 1 ? '1 row of it names' : `${unmatched.length.toLocaleString('en')} rows of it name`
  return { name, message: `${rows} no picture here: ${named.join(', ')}${more}.` }
}

function nothingThere(origin: string): VariaError {
  return new VariaError({
    code: 'folder-empty',
    message: `There is no picture in ${origin} that Varia reads.`,
    remedy: 'Choose a folder with PNG, JPEG, WebP, AVIF, GIF, TIFF or SVG files in it or below it.',
    subject: origin,
  })
}

function nothingReadable(origin: string, first: ImportProblem | null): VariaError {
  const example = first === null ? '' : ` The first, ${first.name}: ${first.message}`
  return new VariaError({
    code: 'folder-empty',
    message: `None of the pictures in ${origin} could be read.${example}`,
    remedy: 'Check the files in another program, or choose another folder.',
    subject: origin,
  })
}
