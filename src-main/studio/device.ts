/**
 * The device: the backend that computes and the one queue before it. The backend is loaded when it is first needed, so
 * that the window opens at once. Tensors belong to the backend that made them: it changes only when no model is alive.
 */
import { type ActiveBackend, activateBackend, deviceStatus } from '../compute/backend'
import { DeviceQueue } from '../compute/queue'
import { type BackendName, type BackendReport, type DeviceStatus } from '../contract/backend'
import { VariaError } from '../contract/errors'
import { type EventHub } from './event-hub'

export class Device {
  readonly queue = new DeviceQueue()
  readonly #events: EventHub
  #choice: BackendName | 'auto'
  #rate: number | null = null
  #active: Promise<ActiveBackend> | null = null

  constructor(choice: BackendName | 'auto', events: EventHub) {
    this.#choice = choice
    this.#events = events
  }

  /** The backend that computes, loaded now if need be. @throws VariaError `backend-unavailable`. */
  active(): Promise<ActiveBackend> {
    this.#active ??= activateBackend(this.#choice).then(
      (active) => {
        this.#tell()
        return active
      },
      (error: unknown) => {
        this.#active = null
        throw error
      },
    )
    return this.#active
  }

  /** Chooses a backend by name, or goes back to the automatic choice with null. No model may be alive. */
  async choose(name: BackendName | null): Promise<void> {
    const before = this.#choice
    this.#choice = name ?? 'auto'
    this.#active = null
    try {
      await this.active()
    } catch (error) {
      this.#choice = before
      await this.active()
      throw error
    }
  }

  /** Pictures a second of training the standard net here, as measured last; null when it was not. */
  trainingRate(): Promise<number | null> {
    return Promise.resolve(this.#rate)
  }

  /** Holds the device for work that may change the active backend, and makes ours the active one again afterwards. */
  async exclusively<T extends readonly BackendReport[]>(work: () => Promise<T>): Promise<T> {
    const reports = await this.queue.run('interactive', work)
    const before = this.#active
    if (before !== null) {
      const { name } = await before
      this.#rate = reports.find((report) => report.name === name)?.trainingRate ?? this.#rate
      this.#active = null
      await this.active()
    }
    return reports
  }

  async status(): Promise<DeviceStatus> {
    await this.active()
    const status = deviceStatus()
    if (status === null) {
      throw new VariaError({
        code: 'backend-unavailable',
        message: 'Nothing computes yet.',
        remedy: 'Run `varia doctor` to see which backends work.',
      })
    }
    return status
  }

  #tell(): void {
    const device = deviceStatus()
    if (device !== null) this.#events.emit({ kind: 'device', device })
  }
}
