import { describe, expect, it } from 'vitest'
import { keyParts, matchesKeys } from '../../../src-renderer/app/keys'

const press = (key: string, ...held: ('ctrl' | 'meta' | 'shift' | 'alt')[]) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
})

describe('matchesKeys', () => {
  it('takes Mod for Command on a Mac and for Control elsewhere', () => {
    expect(matchesKeys(press('k', 'meta'), 'Mod+K', true)).toBe(true)
    expect(matchesKeys(press('k', 'ctrl'), 'Mod+K', true)).toBe(false)
    expect(matchesKeys(press('k', 'ctrl'), 'Mod+K', false)).toBe(true)
    expect(matchesKeys(press('k', 'meta'), 'Mod+K', false)).toBe(false)
  })

  it('tells undo from redo by Shift', () => {
    expect(matchesKeys(press('z', 'ctrl'), 'Mod+Z', false)).toBe(true)
    expect(matchesKeys(press('Z', 'ctrl', 'shift'), 'Mod+Z', false)).toBe(false)
    expect(matchesKeys(press('Z', 'ctrl', 'shift'), 'Mod+Shift+Z', false)).toBe(true)
  })

  it('finds ? with and without Shift, as keyboards differ', () => {
    expect(matchesKeys(press('?', 'shift'), '?', false)).toBe(true)
    expect(matchesKeys(press('?'), '?', false)).toBe(true)
    expect(matchesKeys(press('?', 'ctrl'), '?', false)).toBe(false)
  })

  it('leaves plain digits alone while a modifier is held', () => {
    expect(matchesKeys(press('1'), '1', false)).toBe(true)
    expect(matchesKeys(press('1', 'alt'), '1', false)).toBe(false)
    expect(matchesKeys(press('1', 'ctrl'), '1', false)).toBe(false)
  })

  it('reads Space and the plus sign', () => {
    expect(matchesKeys(press(' '), 'Space', false)).toBe(true)
    expect(matchesKeys(press('+', 'ctrl'), 'Mod++', false)).toBe(true)
  })
})

describe('keyParts', () => {
  it('writes a combination the way the keyboard has it', () => {
    expect(keyParts('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z'])
    expect(keyParts('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(keyParts('ArrowLeft', false)).toEqual(['←'])
    expect(keyParts('Mod++', false)).toEqual(['Ctrl', '+'])
    expect(keyParts('r', false)).toEqual(['R'])
  })
})
