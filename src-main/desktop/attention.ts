/** What the system is told of the work: that it must not sleep while a run trains, and how it ended. */
import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron'

/** Keeps the system from suspending while there is training. */
export class SleepBlocker {
  #id: number | null = null

  set(training: boolean): void {
    if (training && this.#id === null) this.#id = powerSaveBlocker.start('prevent-app-suspension')
    if (!training && this.#id !== null) {
      powerSaveBlocker.stop(this.#id)
      this.#id = null
    }
  }
}

/** A run that ended by itself, or other work that failed. */
export interface Finished {
  readonly name: string
  readonly ended: 'finished' | 'failed'
  readonly detail: string
}

/** Kept while they are shown: one that is collected as garbage no longer hears a click. */
const shown = new Set<Notification>()

/** Tells its user of work that ended, unless they are looking at the window. `onClick`: they want to see it. */
export function notifyFinished(work: Finished, window: BrowserWindow | null, onClick: () => void): void {
  if (window !== null && window.isFocused()) return
  window?.flashFrame(true)
  if (!Notification.isSupported()) return
  const title = work.ended === 'finished' ? `${work.name} has finished` : `${work.name} stopped`
  const notification = new Notification({ title, body: work.detail })
  notification.on('click', onClick)
  notification.on('close', () => shown.delete(notification))
  shown.add(notification)
  notification.show()
}
