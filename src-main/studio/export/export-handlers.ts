/** Exports as jobs: they show progress and can be stopped like all long work. */
import { type ExportJob, type ExportResult } from '../../contract/export'
import { type Handlers } from '../../contract/procedures'
import { readProvenance } from '../../modality/draw/provenance'
import { sessionOf, type StudioContext } from '../context'
import { type ExportedFile, type Exporter, type ExportWork, type KindOfExport } from './exporter'
import { exporters } from './registry'
import { gatherDownload, writeToGrant } from './target'

type ExportHandlers = Pick<Handlers, 'export.run' | 'export.provenance'>

export function exportHandlers(context: StudioContext): ExportHandlers {
  return {
    'export.run': ({ what, target }, { signal }) => {
      const session = sessionOf(context)
      const grant = target.kind === 'grant' ? context.grants.resolve(target.grant, 'export') : null
      const { title } = exporters[what.kind]
      const job = context.jobs.start<ExportResult>({
        kind: 'export',
        title: `Exporting ${title.toLowerCase()}`,
        unit: 'files',
        run: (running) => {
          const files = filesOf(what, { context, session, job: running })
          return grant === null ? gatherDownload(title, files) : writeToGrant(grant, files)
        },
      })
      signal.addEventListener('abort', () => void context.jobs.cancel(job.id).catch(() => undefined), { once: true })
      return job.result
    },
    'export.provenance': ({ name, data }) => Promise.resolve().then(() => readProvenance(data, name)),
  }
}

function filesOf<Kind extends KindOfExport>(
  what: Extract<ExportJob, { kind: Kind }>,
  work: ExportWork,
): AsyncGenerator<ExportedFile, void, undefined> {
  // The registry ties each exporter to its own kind; TypeScript can't follow that through a union of kinds.
  const exporter = exporters[what.kind] as unknown as Exporter<Kind>
  return exporter.make(what as Parameters<Exporter<Kind>['make']>[0], work)
}
