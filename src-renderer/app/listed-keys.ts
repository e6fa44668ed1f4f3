/** Every key of the window for the cheat sheet: those of commands, whether their workspace was opened or not, and those under the hand. */
import { boardCommands } from '../board/board-commands'
import { handCommands } from '../editor/hand-commands'
import { manifoldCommands } from '../manifold/manifold-commands'
import type { Command } from './commands.svelte'
import { type HandKeys, handKeys } from './hand-keys'

const idle = (): void => undefined

/** Commands of places that register theirs only once they are opened. */
function commandsOfPlaces(): Command[] {
  return [
    ...manifoldCommands({ frame: idle, home: idle, clear: idle }),
    ...handCommands(),
    ...boardCommands({ rename: idle }),
  ]
}

/** Groups of keys, those of `registered` commands first; no command comes twice. */
export function listedKeys(registered: readonly Command[]): HandKeys[] {
  const byId = new Map([...commandsOfPlaces(), ...registered].map((command) => [command.id, command]))
  const withKeys = [...registered, ...byId.values()].filter(
    (command, index, all) => (command.keys?.length ?? 0) > 0 && all.findIndex(({ id }) => id === command.id) === index,
  )
  const groups = [...new Set(withKeys.map(({ group }) => group))]
  const ofCommands = groups.map((group) => ({
    group,
    lines: withKeys
      .filter((command) => command.group === group)
      .map(({ title, keys }) => ({ title: title.replace('…', ''), keys: keys ?? [] })),
  }))
  return [...ofCommands, ...handKeys]
}
