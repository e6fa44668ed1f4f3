/** Pictures of an import become items of the project in batches, each committed with the problems that came with it. */
import { type ImportNote, type ImportProblem, type ResolvedFraming } from '../../contract/collection'
import { type AttributeDefinition, type AttributeKind } from '../../project/attributes'
import { shapeOf } from '../../project/collection'
import { type NewItem } from '../../project/items'
import { type Project } from '../../project/project'

/** Pictures committed together; fewer where they are large. */
const batchItems = 256
const batchBytes = 16 * 2 ** 20

/** Gathers items until a batch is worth a transaction. */
export class ImportBatches {
  imported = 0
  problems = 0
  firstProblem: ImportProblem | null = null
  readonly #project: Project
  readonly #import: number
  readonly #record: number
  readonly #most: number
  /** Columns the project knows of. */
  readonly #columns = new Map<string, AttributeKind>()
  #items: NewItem[] = []
  #waiting: ImportProblem[] = []
  #notes: ImportNote[] = []
  #pixels: Uint8Array

  constructor(project: Project, id: number, framing: ResolvedFraming) {
    this.#project = project
    this.#import = id
    const { height, width, channels } = shapeOf(framing)
    this.#record = height * width * channels
    this.#most = Math.max(1, Math.min(batchItems, Math.floor(batchBytes / this.#record)))
    this.#pixels = new Uint8Array(this.#most * this.#record)
  }

  async addItem(item: NewItem, pixels: Uint8Array, note: ImportNote | null): Promise<void> {
    if (note !== null) this.#notes.push(note)
    this.#pixels.set(pixels, this.#items.length * this.#record)
    this.#items.push(item)
    if (this.#items.length === this.#most) await this.flush()
  }

  async addProblem(problem: ImportProblem): Promise<void> {
    this.firstProblem ??= problem
    this.problems++
    this.#waiting.push(problem)
    if (this.#waiting.length >= batchItems) await this.flush()
  }

  async flush(): Promise<void> {
    const project = this.#project
    const items = this.#items
    project.attributes.define(this.#newColumns(items))
    const problems = this.#waiting
    const notes = this.#notes
    if (items.length > 0) {
      const pixels = this.#pixels.subarray(0, items.length * this.#record)
      await project.imports.append(this.#import, { items, pixels, problems, notes })
    } else if (problems.length > 0) project.imports.tell(this.#import, problems)
    this.imported += items.length
    this.#items = []
    this.#waiting = []
    this.#notes = []
  }

  /** Columns that these items are the first to have, or the first to have of a wider kind. */
  #newColumns(items: readonly NewItem[]): AttributeDefinition[] {
    const found: AttributeDefinition[] = []
    for (const { attributes = {} } of items) {
      for (const [name, value] of Object.entries(attributes)) {
        const kind = typeof value === 'number' ? 'number' : typeof value === 'string' ? 'category' : 'tags'
        if (this.#columns.get(name) === kind) continue
        this.#columns.set(name, kind)
        found.push({ name, kind })
      }
    }
    return found
  }
}
