/** When the application may leave, and what it asks its user first. */
import type { MessageBoxOptions } from 'electron'
import { type EngineStatus } from '../contract/engine-control'

/** Whether somebody waits for what the engine does: with no window open the application stays until that has ended. */
export function isAtWork({ training, jobs }: EngineStatus): boolean {
  return training.length > 0 || jobs > 0
}

/** What to ask before quitting; null where nothing is under way. The first button quits. */
export function quitQuestion(status: EngineStatus): MessageBoxOptions | null {
  if (!isAtWork(status)) return null
  const told =
    status.training.length > 0
      ? {
          message: 'Varia is still learning.',
          detail: 'The run is paused and saved when you quit, and goes on where it was when you continue it.',
          buttons: ['Pause and Quit', 'Keep Learning'],
        }
      : {
          message: 'Varia is still working.',
          detail: 'What is under way is stopped when you quit. What was finished before is kept.',
          buttons: ['Stop and Quit', 'Keep Working'],
        }
  return { type: 'question', defaultId: 0, cancelId: 1, ...told }
}
