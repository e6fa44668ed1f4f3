/** Short messages at the window's edge: what was done (with its undo), and what failed (with its remedy). */
import { type Failure, toFailure } from '../../src-main/contract/errors'

export interface ToastAction {
  readonly label: string
  run(): void | Promise<void>
}

export interface Toast {
  readonly id: number
  readonly tone: 'note' | 'good' | 'bad'
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
  readonly action: ToastAction | null
  /** Until it is dismissed: whom it is for may not be looking. */
  readonly stays: boolean
}

const shown = { note: 6000, good: 6000, bad: 14000 } as const
/** More than these at once would cover the window: the oldest go. */
const most = 4

class Toasts {
  list = $state.raw<readonly Toast[]>([])
  #next = 1
  #timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** Says that something happened; `action` is its undo or what to do next. */
  say(message: string, action: ToastAction | null = null, tone: Toast['tone'] = 'note'): number {
    return this.#add({ tone, message, remedy: '', action, stays: false })
  }

  /** Tells of an error with its remedy. What its user stopped needs no message. Takes anything that was thrown. */
  fail(error: unknown, action: ToastAction | null = null, stays = false): void {
    const failure: Failure = toFailure(error)
    if (failure.code === 'cancelled') return
    // The same failure twice in a row, as from a slider, is told once.
    if (this.list.some((toast) => toast.message === failure.message)) return
    this.#add({ tone: 'bad', message: failure.message, remedy: failure.remedy, action, stays })
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  /** Keeps a message while a pointer or the focus is on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id))
  }

  release(id: number): void {
    const toast = this.list.find((other) => other.id === id)
    if (toast !== undefined && !toast.stays)
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), shown[toast.tone]),
      )
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++
    for (const old of this.list.slice(0, Math.max(0, this.list.length - most + 1))) this.dismiss(old.id)
    this.list = [...this.list, { ...toast, id }]
    this.release(id)
    return id
  }
}

export const toasts = new Toasts()
