/** Everyone who is connected hears the same events; a listener that fails does not silence the others. */
import { type VariaEvent } from '../contract/events'

export type EventListener = (event: VariaEvent) => void

export class EventHub {
  readonly #listeners = new Set<EventListener>()

  /** Registers a listener for all events; returns how to stop. */
  readonly subscribe = (listener: EventListener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(event: VariaEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event)
      } catch {
        // A door whose other end has gone must not stop the work that others watch.
        this.#listeners.delete(listener)
      }
    }
  }
}
