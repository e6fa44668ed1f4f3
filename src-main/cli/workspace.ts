/** What a command works with: a studio in this process, its calls checked like those of any door. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BackendName } from '../contract/backend'
import { cancelled, fromFailure, VariaError } from '../contract/errors'
import { type JobId, type JobProgress } from '../contract/jobs'
import { type InputOf, type OutputOf, type ProcedureName } from '../contract/procedures'
import { type GrantId, type ProjectInfo } from '../contract/project'
import { callHandler } from '../contract/rpc'
import { type RunId } from '../contract/run'
import { createStudio, type Studio } from '../studio/studio'
import { type Terminal } from './terminal'

export interface WorkspaceOptions {
  readonly terminal: Terminal
  readonly dataFolder: string
  readonly version: string
  readonly backend?: BackendName | undefined
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export class Workspace {
  readonly terminal: Terminal
  readonly signal: AbortSignal
  readonly #studio: Studio

  private constructor(studio: Studio, options: WorkspaceOptions) {
    this.#studio = studio
    this.terminal = options.terminal
    this.signal = options.signal
  }

  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const studio = await createStudio({
      dataFolder: options.dataFolder,
      door: 'cli',
      version: options.version,
      log: (line) => {
        options.terminal.note(line)
      },
      ...(options.backend === undefined ? {} : { backend: options.backend }),
    })
    const workspace = new Workspace(studio, options)
    studio.subscribe((event) => {
      if (event.kind === 'job' && event.job.state === 'running') options.terminal.progress(event.job)
    })
    return workspace
  }

  /** Calls a procedure, checked like a request from a window. */
  async call<Name extends ProcedureName>(
    name: Name,
    ...input: undefined extends InputOf<Name> ? [input?: InputOf<Name>] : [input: InputOf<Name>]
  ): Promise<OutputOf<Name>> {
    // `callHandler` returns what the handler of that very name did.
    return (await callHandler(this.#studio.handlers, name, input[0], this.signal)) as OutputOf<Name>
  }

  /** Between the parts of a command. @throws VariaError `cancelled` after Ctrl-C, so that nothing new is begun. */
  goOn(what: string): void {
    if (this.signal.aborted) throw cancelled(what)
  }

  /**
   * Waits until a job ends; Ctrl-C cancels it.
   * @throws VariaError its failure, or `cancelled`
   */
  async finished(id: JobId): Promise<JobProgress> {
    const cancel = (): void => {
      this.terminal.note('Stopping…')
      void this.call('jobs.cancel', { job: id }).catch(() => undefined)
    }
    this.signal.addEventListener('abort', cancel, { once: true })
    if (this.signal.aborted) cancel()
    try {
      const job = await this.#endOf(id)
      if (job.failure !== null) throw fromFailure(job.failure)
      if (job.state === 'cancelled') throw cancelled(job.title)
      return job
    } finally {
      this.signal.removeEventListener('abort', cancel)
    }
  }

  grant(path: string, kind: 'folder' | 'file', purpose: Parameters<Studio['grants']['grant']>[1]['purpose']): GrantId {
    return this.#studio.grants.grant(path, { kind, purpose })
  }

  /** A place to export to; a file that is there is only written over when that was asked for. */
  grantOutput(path: string, kind: 'folder' | 'file', force: boolean): GrantId {
    return this.#studio.grants.grant(path, { kind, purpose: 'export', mayOverwrite: force })
  }

  /** Opens the project a command names; `.varia` may be left out. */
  openProject(place: string, readOnly = false): Promise<ProjectInfo> {
    const grant = this.grant(projectFolder(place), 'folder', 'open-project')
    return this.call('project.open', { from: { kind: 'grant', grant }, readOnly })
  }

  /** The run a command is about: the one named, the project's selected one, or its latest. @throws VariaError `run-missing` */
  async run(project: ProjectInfo, wanted: number | undefined): Promise<RunId> {
    const runs = await this.call('run.list')
    const id = wanted ?? project.activeRun ?? runs[0]?.id
    if (id !== undefined && runs.some((run) => run.id === id)) return id
    throw new VariaError({
      code: 'run-missing',
      message:
        id === undefined
          ? 'This project has not learned anything yet.'
          : `There is no run ${String(id)} in this project.`,
      remedy: id === undefined ? 'Train first: varia train PROJECT' : 'varia info PROJECT lists its runs.',
    })
  }

  close(): Promise<void> {
    return this.#studio.close()
  }

  #endOf(id: JobId): Promise<JobProgress> {
    const ended = (job: JobProgress): boolean => job.id === id && job.state !== 'running' && job.state !== 'paused'
    return new Promise((resolve, reject) => {
      const stop = this.#studio.subscribe((event) => {
        if (event.kind !== 'job' || event.job.id !== id) return
        // Nobody can resume it here: what made it pause is its end.
        if (event.job.state === 'paused') {
          stop()
          const { title, detail } = event.job
          reject(new VariaError({ code: 'disk-error', message: `${title} had to pause.`, remedy: detail }))
        }
        if (!ended(event.job)) return
        stop()
        resolve(event.job)
      })
      // It may have ended before anybody listened.
      this.call('jobs.list').then((jobs) => {
        const already = jobs.find(ended)
        if (already === undefined) return
        stop()
        resolve(already)
      }, reject)
    })
  }
}

/** The folder of a project as typed: with `.varia` where it has been left out. */
export function projectFolder(place: string): string {
  const folder = resolve(place)
  if (/\.varia$/i.test(folder)) return folder
  const named = `${folder}.varia`
  return existsSync(folder) && !existsSync(named) ? folder : named
}
