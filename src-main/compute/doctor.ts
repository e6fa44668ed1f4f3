import type { BackendReport } from '../contract/backend'

/** What the doctor is asked for. */
export interface DoctorOptions {
  /** Also time a matmul and training steps on each backend that works; a minute or so. */
  readonly measure: boolean
  /** Told before each backend is looked at, for a progress line. */
  readonly onBackend?: (title: string) => void
  /** Stops between backends. */
  readonly signal?: AbortSignal
}

/** Looks at every backend, best first: works or why not, and how fast. Never throws for a backend that does not work. */
export async function diagnoseBackends(_options: DoctorOptions): Promise<BackendReport[]> {
  throw new Error('not yet')
}
