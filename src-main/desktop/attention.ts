/** What the system is told of the work: that it must not sleep while a run trains, and that one has finished. */
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

export interface Finished {
  readonly name: string
  readonly ended: 'finished' | 'failed'
  readonly detail: string
}

/** Kept while they are shown: one that is collected as garbage no longer hears a click. */
const shown = new Set<Notification>()

/** Tells its user of a run that ended, unless they are looking at the window. `onClick`: they want to see it. */
export function notifyFinished(run: Finished, window: BrowserWindow | null, onClick: () => void): void {
  if (window !== null && window.isFocused()) return
  window?.flashFrame(true)
  if (!Notification.isSupported()) return
  const title = run.ended === 'finished' ? `${run.name} has finished` : `${run.name} stopped`
  const notification = new Notification({ title, body: run.detail })
  notification.on('click', onClick)
  notification.on('close', () => shown.delete(notification))
  shown.add(notification)
  notification.show()
}
