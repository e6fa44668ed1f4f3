import type { BackendName } from '../contract/backend'

/** What a backend says of itself once it is loaded. */
export interface LoadedBackend {
  /** The name under which tfjs knows it: what `setBackend` takes. */
  readonly tfjsName: string
  /** Version, device and threads, for people: `TensorFlow 2.21.0, 2 threads`. */
  readonly detail: string
  /** Versions of what computes, recorded with every run: `{ 'tfjs-node': '4.22.0', libtensorflow: '2.21.0' }`. */
  readonly versions: Readonly<Record<string, string>>
}

/** One backend: how to load it, and what to say when it cannot be. One file each in `backends/`, one line in the registry. */
export interface BackendDriver {
  readonly name: BackendName
  /** What the window's badge and the doctor call it. */
  readonly title: string
  /**
   * Loads it, registers it with tfjs and mends the kernels it lacks. Does not make it the active one. Called once.
   * @throws {BackendMissing} when it cannot work here; anything else it throws is taken for the same.
   */
  load(): Promise<LoadedBackend>
}

/** A backend that does not work on this machine: why, and what its user gains by doing what. */
export class BackendMissing extends Error {
  readonly remedy: string

  constructor(reason: string, remedy: string, options?: { cause?: unknown }) {
    super(reason, options)
    this.name = 'BackendMissing'
    this.remedy = remedy
  }
}
