/**
 * The device: the backend that computes and the one queue before it. The backend is loaded when it is first needed, so
 * that the window opens at once. Tensors belong to the backend that made them: it changes only when no model is alive.
 */
import { type ActiveBackend, activateBackend, deviceStatus } from '../compute/backend'
import { DeviceQueue } from '../compute/queue'
import { measureTraining } from '../compute/workload'
import { type BackendName, type BackendReport, type DeviceStatus } from '../contract/backend'
import { VariaError } from '../contract/errors'
import { type EventHub } from './event-hub'
import { type MeasuredSpeed } from './measured-speed'

/** Seconds a backend is timed for when its speed is first asked for. */
const timedFor = 1.5

export class Device {
  readonly queue = new DeviceQueue()
  readonly #events: EventHub
  #choice: BackendName | 'auto'
  readonly #speed: MeasuredSpeed
  #active: Promise<ActiveBackend> | null = null

  constructor(choice: BackendName | 'auto', events: EventHub, speed: MeasuredSpeed) {
    this.#choice = choice
    this.#events = events
    this.#speed = speed
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

  /**
   * Pictures a second of training the standard net here. Measured when nobody has yet, which takes a few seconds, unless the
   * device is `busy` with a run, which would be slowed and would spoil the figure: then null.
   */
  async trainingRate(busy: boolean): Promise<number | null> {
    const { detail } = await this.active()
    const known = await this.#speed.of(detail)
    if (known !== null || busy) return known
    const rate = await this.queue.run('interactive', () => measureTraining(timedFor))
    await this.#speed.keep(detail, rate)
    return rate
  }

  /** Holds the device for work that may change the active backend, and makes ours the active one again afterwards. */
  async exclusively<T extends readonly BackendReport[]>(work: () => Promise<T>): Promise<T> {
    const reports = await this.queue.run('interactive', work)
    const before = this.#active
    if (before !== null) {
      const { name, detail } = await before
      const rate = reports.find((report) => report.name === name)?.trainingRate ?? null
      if (rate !== null) await this.#speed.keep(detail, rate)
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
