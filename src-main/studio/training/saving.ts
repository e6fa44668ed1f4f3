/**
 * When the state of a run goes to disk, and what becomes of the run when the disk takes no more: it is paused with all it
 * has learnt in memory, and nothing is lost.
 */
import { type DeviceQueue } from '../../compute/queue'
import { VariaError } from '../../contract/errors'
import { type Trainer } from '../../model/training'
import { type EventHub } from '../event-hub'
import { type Job } from '../jobs/jobs'
import { type CheckpointWriter, type Moment } from './checkpoint-writer'
import { pauseForDisk } from './pause-for-disk'

export interface SavingOptions {
  readonly queue: DeviceQueue
  readonly events: EventHub
  readonly job: Job
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number
}

/** A best epoch waits in memory at least this long after the last save, so that short epochs don't wear out the disk. */
const bestSaveSeconds = 5

export class Saving {
  readonly #options: SavingOptions
  readonly #trainer: Trainer
  readonly #writer: CheckpointWriter
  #savedAt = 0

  constructor(options: SavingOptions, trainer: Trainer, writer: CheckpointWriter) {
    this.#options = options
    this.#trainer = trainer
    this.#writer = writer
  }

  /** Begins to count the seconds to the first checkpoint. */
  start(): void {
    this.#savedAt = performance.now()
  }

  /** Keeps the state of the best epoch so far, which the next save writes. */
  async keepBest(moment: Moment): Promise<void> {
    this.#writer.keepBest(await this.#options.queue.run('training', () => this.#trainer.snapshot()), moment)
  }

  /** Begins to save when it is time. */
  async afterStep(now: number, moment: Moment): Promise<void> {
    const failure = this.#writer.takeFailure()
    if (failure !== null) {
      pauseForDisk(this.#options, failure)
      return
    }
    const since = (now - this.#savedAt) / 1000
    const due = since >= this.#options.checkpointSeconds
    if (this.#writer.isSaving || !(due || (this.#writer.hasPendingBest && since >= bestSaveSeconds))) return
    this.#savedAt = now
    const state = due ? await this.#options.queue.run('training', () => this.#trainer.snapshot()) : null
    this.#writer.saveSoon(state, moment)
  }

  /** Saves all there is and waits for it; false, and the run is paused, when the disk takes no more. */
  async all(moment: Moment): Promise<boolean> {
    const { queue, events } = this.#options
    try {
      await this.#writer.saveNow(await queue.run('interactive', () => this.#trainer.snapshot()), moment)
      this.#savedAt = performance.now()
      events.emit({ kind: 'saved', failure: null })
      return true
    } catch (error) {
      if (!(error instanceof VariaError)) throw error
      pauseForDisk(this.#options, error)
      return false
    }
  }

  /** Waits for a save under way. */
  settled(): Promise<void> {
    return this.#writer.settled()
  }
}
