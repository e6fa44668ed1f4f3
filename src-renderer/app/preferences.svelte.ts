/** How this person likes the window: kept on this machine, in the window's own storage. */
import type { Theme } from '../../src-main/contract/bridge'

export type { Theme }

interface Stored {
  readonly theme: Theme
  readonly thumbnail: number
  readonly editorOpen: boolean
}

const key = 'varia.preferences'
const defaults: Stored = { theme: 'system', thumbnail: 96, editorOpen: true }

function load(storage: Storage | null): Stored {
  try {
    const found: unknown = JSON.parse(storage?.getItem(key) ?? '{}')
    if (typeof found !== 'object' || found === null) return defaults
    const kept = found as Partial<Record<keyof Stored, unknown>>
    const { theme, thumbnail, editorOpen } = kept
    return {
      theme: theme === 'dark' || theme === 'light' ? theme : 'system',
      thumbnail: typeof thumbnail === 'number' && thumbnail >= 32 && thumbnail <= 320 ? thumbnail : defaults.thumbnail,
      editorOpen: typeof editorOpen === 'boolean' ? editorOpen : defaults.editorOpen,
    }
  } catch {
    // Storage that is closed or damaged: the defaults hold, nothing of value is lost.
    return defaults
  }
}

function openStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

class Preferences {
  #storage = openStorage()
  #stored = $state.raw<Stored>(load(this.#storage))
  #systemDark = $state(true)

  constructor() {
    if (typeof matchMedia !== 'function') return
    const query = matchMedia('(prefers-color-scheme: dark)')
    this.#systemDark = query.matches
    query.addEventListener('change', (event) => {
      this.#systemDark = event.matches
    })
  }

  get theme(): Theme {
    return this.#stored.theme
  }
  set theme(theme: Theme) {
    this.#keep({ theme })
  }

  /** What the theme comes to on this system. */
  get shownTheme(): 'dark' | 'light' {
    if (this.theme !== 'system') return this.theme
    return this.#systemDark ? 'dark' : 'light'
  }

  /** Side of a thumbnail in grids, pixels. */
  get thumbnail(): number {
    return this.#stored.thumbnail
  }
  set thumbnail(thumbnail: number) {
    this.#keep({ thumbnail })
  }

  get editorOpen(): boolean {
    return this.#stored.editorOpen
  }
  set editorOpen(editorOpen: boolean) {
    this.#keep({ editorOpen })
  }

  #keep(change: Partial<Stored>): void {
    this.#stored = { ...this.#stored, ...change }
    try {
      this.#storage?.setItem(key, JSON.stringify(this.#stored))
    } catch {
      // Full or closed storage: the choice holds until the window closes.
    }
  }
}

export const preferences = new Preferences()
