import { describe, expect, it, vi } from 'vitest'
import type { Command } from '../../../src-renderer/app/commands.svelte'
import { listedKeys } from '../../../src-renderer/app/listed-keys'
import { manifoldCommands } from '../../../src-renderer/manifold/manifold-commands'

// There is no window here; listing keys asks it for nothing.
vi.mock('../../../src-renderer/app/bridge', () => ({ bridge: {} }))

const nothing = (): void => undefined
const registered: Command[] = [
  { id: 'shortcuts', title: 'Keys', group: 'Help', keys: ['?'], run: nothing },
  { id: 'undo', title: 'Undo', group: 'View', keys: ['Mod+Z'], run: nothing },
  { id: 'close-project', title: 'Close project', group: 'Project', run: nothing },
]
const keysOf = (groups: ReturnType<typeof listedKeys>): string[] =>
  groups.flatMap(({ lines }) => lines.flatMap(({ keys }) => [...keys]))

describe('the cheat sheet', () => {
  it('names the keys of workspaces that were not opened yet', () => {
    const keys = keysOf(listedKeys(registered))
    expect(keys).toEqual(expect.arrayContaining(['?', 'Mod+Z', 'F', 'Home', 'P', 'R', 'L', 'Mod+E', '.']))
  })
  it('names no command twice once its workspace was opened', () => {
    const before = listedKeys(registered)
    const opened = manifoldCommands({ frame: nothing, home: nothing, clear: nothing })
    expect(keysOf(listedKeys([...registered, ...opened])).sort()).toEqual(keysOf(before).sort())
  })
})
