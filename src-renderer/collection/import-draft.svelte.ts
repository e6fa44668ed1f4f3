/**
 * A collection in the making: where it comes from, how it is framed, how twelve of its pictures would look. Nothing is
 * written until "Learn these designs".
 */
import type { Granted } from '../../src-main/contract/bridge'
import { framing as framingSchema, type Framing } from '../../src-main/contract/collection'
import { type Failure, toFailure } from '../../src-main/contract/errors'
import type { ImportSource, OutputOf } from '../../src-main/contract/procedures'
import { projectNameFrom } from '../app/format'
import { latestWins, superseded } from '../app/latest-wins'
import { navigation } from '../app/navigation.svelte'
import { createProject } from '../app/projects'
import { session } from '../app/session.svelte'
import { toasts } from '../ui/toasts.svelte'
import { defaultSeed } from '../training/start-run'

export type Preview = OutputOf<'collection.preview'>

class ImportDraft {
  source = $state.raw<ImportSource | null>(null)
  /** Of the source, for people. */
  title = $state('')
  /** Of the project to be made. */
  name = $state('')
  folder = $state.raw<Granted | null>(null)
  attributes = $state.raw<Granted | null>(null)
  framing = $state.raw<Framing>(framingSchema.parse({}))
  seed = $state(1)
  preview = $state.raw<Preview | null>(null)
  /** The pictures last previewed, to look at while they are imported. */
  awaited = $state.raw<Preview['pictures'] | null>(null)
  failure = $state.raw<Failure | null>(null)
  /** The preview shown is of older choices than those made. */
  waiting = $state(false)
  /** The project is being made. */
  starting = $state(false)

  /** Opens the draft for a source. It closes with `cancel` or when learning starts. */
  begin(source: ImportSource, title: string): void {
    this.source = source
    this.title = title
    this.name = projectNameFrom(title)
    this.folder = null
    this.attributes = null
    this.framing = framingSchema.parse({})
    this.seed = 1
    this.preview = null
    this.failure = null
    void this.refresh()
  }

  cancel(): void {
    this.#ask.cancel()
    this.source = null
    this.preview = null
  }

  change(change: Partial<Framing>): void {
    this.framing = { ...this.framing, ...change }
    void this.refresh()
  }

  /** Twelve others of the same source. */
  another(): void {
    this.seed += 1
    void this.refresh()
  }

  /** Asks for the preview anew. While a hand changes things only the newest choice is asked about. */
  async refresh(): Promise<void> {
    const source = this.source
    if (source === null) return
    this.waiting = true
    try {
      const preview = await this.#ask({ source, framing: this.framing, count: 12, seed: this.seed })
      if (preview === superseded || this.source !== source) return
      this.preview = preview
      this.failure = null
    } catch (error) {
      if (this.source === source) this.failure = toFailure(error)
    } finally {
      this.waiting = this.#ask.busy
    }
  }

  #ask = latestWins((input: Parameters<typeof previewOf>[0]) => previewOf(input))

  /** Makes the project, imports, and (unless told not to) has the engine learn with the recipe that suits the collection. */
  async makeProject(learn: boolean): Promise<void> {
    const { source, framing, attributes, folder } = this
    if (source === null || this.starting) return
    this.starting = true
    try {
      await createProject(this.name.trim() === '' ? 'Untitled' : this.name.trim(), folder)
      navigation.go('collection')
      const { job } = await session.call('collection.import', {
        source,
        framing,
        ...(attributes === null ? {} : { attributes: attributes.grant }),
        ...(learn ? { learn: { recipe: 'auto', seed: defaultSeed } } : {}),
      })
      this.awaited = this.preview?.pictures ?? null
      this.cancel()
      this.starting = false
      await session.finished(job)
    } catch (error) {
      toasts.fail(error)
    } finally {
      this.starting = false
      this.awaited = null
    }
  }
}

function previewOf(input: { source: ImportSource; framing: Framing; count: number; seed: number }): Promise<Preview> {
  return session.call('collection.preview', input)
}

export const draft = new ImportDraft()
