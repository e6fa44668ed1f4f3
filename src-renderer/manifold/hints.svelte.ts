/** The four hints of the first visit; each vanishes for good when what it says was done. */

export const hintIds = ['orbit', 'zoom', 'choose', 'box'] as const
export type HintId = (typeof hintIds)[number]

export const hintWords: Record<HintId, { readonly keys: string; readonly text: string }> = {
  orbit: { keys: 'Drag', text: 'to look around' },
  zoom: { keys: 'Wheel', text: 'to fly closer' },
  choose: { keys: 'Click', text: 'a design to bend it' },
  box: { keys: 'Shift+Drag', text: 'to select several' },
}

const key = 'varia.manifold.hints'

function load(): HintId[] {
  try {
    const used: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(used) ? hintIds.filter((id) => used.includes(id)) : []
  } catch {
    // Closed or damaged storage: the hints show once more.
    return []
  }
}

class Hints {
  #used = $state.raw<readonly HintId[]>(load())

  /** Hints that have not been used yet. */
  get left(): readonly HintId[] {
    return hintIds.filter((id) => !this.#used.includes(id))
  }

  used(id: HintId): void {
    if (this.#used.includes(id)) return
    this.#used = [...this.#used, id]
    try {
      localStorage.setItem(key, JSON.stringify(this.#used))
    } catch {
      // Full or closed storage: it is forgotten when the window closes.
    }
  }
}

export const hints = new Hints()
