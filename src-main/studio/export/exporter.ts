/**
 * What an exporter is: it makes files in memory one after the other, and knows nothing of where they go. One more is one
 * file in this folder and one line in the registry.
 */
import { type ExportJob } from '../../contract/export'
import { type StudioContext } from '../context'
import { type Job } from '../jobs/jobs'
import { type Session } from '../session'

export interface ExportedFile {
  /** With its suffix, without folders. */
  readonly name: string
  readonly mime: string
  readonly data: Uint8Array
}

export interface ExportWork {
  readonly context: StudioContext
  readonly session: Session
  readonly job: Job
}

export type KindOfExport = ExportJob['kind']
export type ExportOf<Kind extends KindOfExport> = Extract<ExportJob, { kind: Kind }>

export interface Exporter<Kind extends KindOfExport> {
  /** What a job of it is called, and what several of its files together are called. */
  readonly title: string
  /** Makes the files; looks at the job's signal between them. Names may repeat: the target tells them apart. */
  readonly make: (what: ExportOf<Kind>, work: ExportWork) => AsyncGenerator<ExportedFile, void, undefined>
}

/** A name that every file system takes: no separators, no control characters, no dots at its ends. */
export function fileNameOf(text: string): string {
  const kept = Array.from(text, (character) => (/[<>:"/\\|?*]/.test(character) || character < ' ' ? '-' : character))
  const plain = kept
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
  return plain === '' ? 'Untitled' : plain
}
