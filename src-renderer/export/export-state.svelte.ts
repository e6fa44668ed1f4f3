/** The export panel: what is to be exported, how it goes, what came of it. */
import { type Failure, toFailure } from '../../src-main/contract/errors'
import type { ExportJob, ExportTarget } from '../../src-main/contract/export'
import { bridge } from '../app/bridge'
import { session } from '../app/session.svelte'
import { download } from './download'
import type { ExportKind } from './export-choices'

export type ExportStage =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly files: readonly string[]; readonly place: string; readonly grant: string | null }
  | { readonly kind: 'failed'; readonly failure: Failure }

class Exporting {
  open = $state(false)
  /** What the panel shows. */
  kind = $state<ExportKind>('point')
  stage = $state.raw<ExportStage>({ kind: 'choosing' })

  /** Opens the panel (Mod+E). */
  show(kind: ExportKind): void {
    this.kind = kind
    if (this.stage.kind !== 'running') this.stage = { kind: 'choosing' }
    this.open = true
  }

  close(): void {
    this.open = false
  }

  /** Asks where to, exports, and hands it over. It goes on when the panel is closed meanwhile. */
  async run(what: ExportJob): Promise<void> {
    try {
      const place = bridge.hasDialogs ? (await bridge.pick('export-folder'))[0] : null
      if (place === undefined) return
      this.stage = { kind: 'running' }
      const target: ExportTarget = place === null ? { kind: 'download' } : { kind: 'grant', grant: place.grant }
      const result = await session.call('export.run', { what, target })
      if (result.download !== null) download(result.download)
      this.stage = {
        kind: 'done',
        files: result.download === null ? result.files : [result.download.name],
        place: place === null ? 'your downloads' : place.name,
        grant: place?.grant ?? null,
      }
    } catch (error) {
      const failure = toFailure(error)
      this.stage = failure.code === 'cancelled' ? { kind: 'choosing' } : { kind: 'failed', failure }
    }
  }

  /** Shows an exported file in the system's file browser. */
  async reveal(): Promise<void> {
    if (this.stage.kind !== 'done' || this.stage.grant === null) return
    await bridge.reveal(this.stage.grant, this.stage.files[0])
  }
}

/** The window's one export panel. */
export const exporting = new Exporting()
