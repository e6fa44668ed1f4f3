/**
 * Saves the checkpoints of a run while it goes on training: one at a time, the best epoch before the latest step. A save
 * that fails is kept as a failure for the loop to act on; what it would have saved is still in memory.
 */
import { VariaError } from '../../contract/errors'
import { type RunId } from '../../contract/run'
import { type TrainingState } from '../../model/training'
import { type NewCheckpoint } from '../../project/checkpoints'
import { type Project } from '../../project/project'
import { type LoopNumbers, storedState } from './checkpoint-state'

export interface Moment {
  readonly step: number
  readonly epoch: number
  readonly loop: LoopNumbers
  /** Held-out loss at this very step; null where it was not evaluated. */
  readonly validation: number | null
}

export class CheckpointWriter {
  readonly #project: Project
  readonly #run: RunId
  #pendingBest: NewCheckpoint | null = null
  /** The step of the last checkpoint on disk. */
  #savedStep: number
  #inFlight: Promise<void> | null = null
  #failure: VariaError | null = null

  /** @param savedStep that of the checkpoint it goes on from; -1 where there is none */
  constructor(project: Project, run: RunId, savedStep: number) {
    this.#project = project
    this.#run = run
    this.#savedStep = savedStep
  }

  get isSaving(): boolean {
    return this.#inFlight !== null
  }

  /** Whether a best epoch is in memory only. */
  get hasPendingBest(): boolean {
    return this.#pendingBest !== null
  }

  /** Why the last save failed, told once. */
  takeFailure(): VariaError | null {
    const failure = this.#failure
    this.#failure = null
    return failure
  }

  /** Remembers the best epoch so far; it is written with the next save. */
  keepBest(state: TrainingState, moment: Moment): void {
    this.#pendingBest = checkpointOf(state, moment, true)
  }

  /** Begins to save in the background; the caller goes on training. `state` is null when only the best waits. */
  saveSoon(state: TrainingState | null, moment: Moment): void {
    if (this.#inFlight !== null) return
    this.#inFlight = this.#save(state, moment)
      .catch((error: unknown) => {
        this.#failure = error instanceof VariaError ? error : asVariaError(error)
      })
      .finally(() => {
        this.#inFlight = null
      })
  }

  /** Saves and waits until all is on disk. @throws VariaError `disk-full`, `disk-error` */
  async saveNow(state: TrainingState | null, moment: Moment): Promise<void> {
    await this.#inFlight
    this.#failure = null
    await this.#save(state, moment)
  }

  /** Waits for a save under way. */
  async settled(): Promise<void> {
    await this.#inFlight
  }

  async #save(state: TrainingState | null, moment: Moment): Promise<void> {
    const best = this.#pendingBest
    if (best !== null) {
      await this.#project.checkpoints.save(this.#run, best)
      this.#savedStep = Math.max(this.#savedStep, best.step)
      if (this.#pendingBest === best) this.#pendingBest = null
    }
    if (state === null || moment.step <= this.#savedStep) return
    await this.#project.checkpoints.save(this.#run, checkpointOf(state, moment, false))
    this.#savedStep = moment.step
  }
}

function checkpointOf(state: TrainingState, moment: Moment, best: boolean): NewCheckpoint {
  const { step, epoch, loop, validation } = moment
  return { state: storedState(state, loop), step, epoch, validation, best }
}

function asVariaError(error: unknown): VariaError {
  return new VariaError(
    {
      code: 'internal',
      message: `A checkpoint could not be saved: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'Training waits; resume it to try again.',
    },
    { cause: error },
  )
}
