/** What the command field offers for what is typed: commands by name, then designs by name with their pictures. */
import type { Component } from 'svelte'
import type { PictureStack } from '../../src-main/contract/binary'
import type { ItemRef } from '../../src-main/contract/collection'
import { editor } from '../editor/editor-state.svelte'
import { slicePictures } from '../ui/pixels'
import { type Command, commands } from './commands.svelte'
import { findByWords } from './find'
import { runCommand } from './keyboard'
import { latestWins, superseded } from './latest-wins'
import { navigation } from './navigation.svelte'
import { selection } from './selection.svelte'
import { session } from './session.svelte'

interface Design {
  readonly item: ItemRef
  readonly picture: PictureStack
}

export interface Line {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly keys: string | undefined
  readonly icon: Component | undefined
  /** What a design looks like; undefined for a command. */
  readonly picture: PictureStack | undefined
  run(): void
}

/** Designs looked through for the best names, and designs shown. */
const looked = 2000
const shown = 8

/** The designs that the words name best, the shortest names first: "heart" before "account-heart". */
export function bestNamed<Named extends { readonly name: string }>(text: string, items: readonly Named[]): Named[] {
  const byLength = [...items].sort((a, b) => a.name.length - b.name.length)
  const named = findByWords(text, byLength, ({ name }) => name)
  // The others, found by what is known about them, follow as they came.
  return [...new Set([...named, ...items])]
}

export class CommandSearch {
  text = $state('')
  #designs = $state.raw<readonly Design[]>([])

  readonly lines: readonly Line[] = $derived([...this.#commandLines(), ...this.#designs.map(lineOfDesign)])

  #ask = latestWins(async (search: string): Promise<Design[]> => {
    const { items } = await session.call('collection.items', { search, limit: looked })
    const best = bestNamed(search, items).slice(0, shown)
    if (best.length === 0) return []
    const stack = await session.call('collection.pictures', { ids: best.map(({ id }) => id) })
    return best.map((item, index) => ({ item, picture: slicePictures(stack, index, 1) }))
  })

  clear(): void {
    this.text = ''
    this.#designs = []
  }

  /** Looks for designs that the text names; without a collection, or a text to speak of, there are none. */
  async findDesigns(text: string): Promise<void> {
    const search = text.trim()
    if ((session.project?.collection ?? null) === null || search.length < 2) {
      this.#designs = []
      return
    }
    try {
      const found = await this.#ask(search)
      if (found !== superseded && search === this.text.trim()) this.#designs = found
    } catch {
      // A search that fails leaves the commands, which is what this field is for.
      this.#designs = []
    }
  }

  #commandLines(): Line[] {
    const named = commands.available.filter((command) => command.listed !== false)
    const found = findByWords(this.text, named, (command) => `${command.title} ${command.group}`)
    // With nothing typed they stay in their groups; otherwise the best comes first with its group.
    const groups = [...new Set(found.map((command) => command.group))]
    return groups.flatMap((group) => found.filter((command) => command.group === group)).map(lineOfCommand)
  }
}

function lineOfCommand(command: Command): Line {
  const { id, group, title, icon } = command
  return { id, group, title, keys: command.keys?.[0], icon, picture: undefined, run: () => runCommand(command) }
}

function lineOfDesign({ item, picture }: Design): Line {
  return {
    id: `item-${item.id}`,
    group: 'Designs',
    title: item.name,
    keys: undefined,
    icon: undefined,
    picture,
    run: () => {
      selection.items = [item.id]
      if (session.run !== null) void editor.chooseItem(item.id, item.name)
      else navigation.go('collection')
    },
  }
}
