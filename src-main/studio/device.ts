/**
 * The device: the backend that computes and the one queue before it. The backend is loaded when it is first needed, so
 * that the window opens at once. Tensors belong to the backend that made them: it changes only when no model is alive.
 */
import { type ActiveBackend, activateBackend, deviceStatus } from '../compute/backend'
import { DeviceQueue } from '../compute/queue'
import { type BackendName, type DeviceStatus } from '../contract/backend'
import { VariaError } from '../contract/errors'
import { type EventHub } from './event-hub'

export class Device {
  readonly queue = new DeviceQueue()
  readonly #events: EventHub
  #choice: BackendName | 'auto'
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
