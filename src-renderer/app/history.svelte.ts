/** Undo and redo of everything a hand does in the window. A drag, however many moves it makes, is one step. */

export interface Step {
  /** What it did, for the menu: "Move neck". */
  readonly label: string
  undo(): void | Promise<void>
  redo(): void | Promise<void>
}

export interface PushOptions {
  /** Steps pushed with the same key in a row become one: the first one's undo with the last one's redo. */
  readonly merge?: string
  /** Milliseconds after the last push within which they merge; Infinity while a pointer is down. */
  readonly within?: number
}

/** Steps kept; the oldest fall away. */
const depth = 500

export class History {
  #past = $state.raw<readonly Step[]>([])
  #future = $state.raw<readonly Step[]>([])
  #mergeKey: string | null = null
  #pushedAt = 0
  #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }
  get canRedo(): boolean {
    return this.#future.length > 0
  }
  /** What the next undo takes back; null when there is nothing. */
  get undoLabel(): string | null {
    return this.#past.at(-1)?.label ?? null
  }
  get redoLabel(): string | null {
    return this.#future.at(-1)?.label ?? null
  }

  /** Records a step that has been done already. What was undone before can't be redone after it. */
  push(step: Step, { merge, within = 500 }: PushOptions = {}): void {
    const last = this.#past.at(-1)
    const now = this.#now()
    const merges =
      merge !== undefined && merge === this.#mergeKey && last !== undefined && now - this.#pushedAt <= within
    if (merges) {
      const first = last
      const joined: Step = { label: step.label, undo: () => first.undo(), redo: () => step.redo() }
      this.#past = [...this.#past.slice(0, -1), joined]
    } else {
      this.#past = [...this.#past.slice(-(depth - 1)), step]
    }
    this.#future = []
    this.#mergeKey = merge ?? null
    this.#pushedAt = now
  }

  /** Ends merging: the next push is a step of its own. Called when the pointer goes up. */
  seal(): void {
    this.#mergeKey = null
  }

  async undo(): Promise<void> {
    const step = this.#past.at(-1)
    if (step === undefined) return
    this.seal()
    this.#past = this.#past.slice(0, -1)
    this.#future = [...this.#future, step]
    await step.undo()
  }

  async redo(): Promise<void> {
    const step = this.#future.at(-1)
    if (step === undefined) return
    this.seal()
    this.#future = this.#future.slice(0, -1)
    this.#past = [...this.#past, step]
    await step.redo()
  }

  /** Forgets everything; used when another project is opened. */
  clear(): void {
    this.#past = []
    this.#future = []
    this.seal()
  }
}

/** The window's one history. */
export const history = new History()
