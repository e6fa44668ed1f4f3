import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src-renderer/app/commands.svelte'
import { commandFor } from '../../../src-renderer/app/keyboard'

const command = (id: string, ...keys: string[]): Command => ({
  id,
  title: id,
  group: 'View',
  keys,
  run: () => undefined,
})
const press = (key: string, ctrlKey = false): KeyboardEvent =>
  ({ key, ctrlKey, metaKey: false, shiftKey: false, altKey: false }) as KeyboardEvent

describe('commandFor', () => {
  it('gives a key to the command registered last', () => {
    const all = [command('first', 'r'), command('second', 'r', 'Mod+R')]
    expect(commandFor(press('r'), all, false)?.id).toBe('second')
    expect(commandFor(press('r', true), all, false)?.id).toBe('second')
  })
  it('gives nothing for a key nobody has', () => {
    expect(commandFor(press('x'), [command('first', 'r')], false)).toBeNull()
  })
})
